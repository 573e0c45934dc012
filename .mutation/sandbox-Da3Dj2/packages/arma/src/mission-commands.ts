// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { checkText, commandText } from '@bercon/core/kit'
import { ARMA, type GameCommand, gameCommand } from './game-command.js'

/** Difficulty words of Arma 3; other games and mods have others, so any word is accepted. */
export type Difficulty = 'recruit' | 'regular' | 'veteran' | 'custom' | (string & {})

const EXTENSION = '.pbo'

/**
 * Loads a mission.
 *
 * @param name - with its world and without `.pbo`, as in `Coop_10.Altis`; a file's name from `missions` is taken too.
 * @param difficulty - one word; left out, as the server's settings say.
 * @throws {@link InvalidArgumentError} for an empty name, CR, LF or NUL, a difficulty that is not one word, or too long
 * a command.
 * @example
 * ```ts
 * import { selectMission } from '@bercon/arma'
 *
 * console.log(selectMission('Coop_10.Altis', 'veteran').text) // #mission Coop_10.Altis veteran
 * ```
 */
export function selectMission(name: string, difficulty?: Difficulty): GameCommand {
  checkText('name', name)
  const mission = name.toLowerCase().endsWith(EXTENSION) ? name.slice(0, -EXTENSION.length) : name
  if (mission.trim() === '')
    throw new InvalidArgumentError('name', name, 'the name of a mission, such as Coop_10.Altis')
  if (difficulty === undefined) return missionCommand(`#mission ${mission}`, name)
  if (typeof difficulty !== 'string' || !/^\S+$/.test(difficulty))
    throw new InvalidArgumentError('difficulty', difficulty, 'one word, such as regular or veteran')
  checkText('difficulty', difficulty)
  return missionCommand(`#mission ${mission} ${difficulty}`, name)
}

function missionCommand(text: string, name: string): GameCommand {
  return gameCommand(commandText(text, 'name', name), ARMA)
}

/** Ends the mission and shows the choice of missions; a player must be there to choose. */
export function chooseMission(): GameCommand {
  return gameCommand('#missions', ARMA)
}

/** Restarts the mission; players keep their roles. */
export function restartMission(): GameCommand {
  return gameCommand('#restart', ARMA)
}

/** Restarts the mission with the choice of roles. */
export function restartAndReassign(): GameCommand {
  return gameCommand('#reassign', ARMA)
}
