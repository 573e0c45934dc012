import { InvalidArgumentError } from '@bercon/core'
import { checkNumber, checkText, commandText } from '@bercon/core/kit'
import {
  ARMA,
  ARMA_3,
  type Departure,
  departureCommand,
  EVERY_GAME,
  type GameCommand,
  gameCommand,
} from './game-command.js'

/** Lets nobody else join. Not sent again: a late copy would undo a newer `unlockServer`. */
export function lockServer(): GameCommand {
  return gameCommand('#lock', EVERY_GAME)
}

/** Lets players join again. Not sent again: a late copy would undo a newer `lockServer`. */
export function unlockServer(): GameCommand {
  return gameCommand('#unlock', EVERY_GAME)
}

/**
 * Stops the server. Silence is no error: its reply may never come. The client then waits for the server's return,
 * unless you close it.
 *
 * @example
 * ```ts
 * import { shutdownServer } from '@bercon/arma'
 * import { AsyncRconClient } from '@bercon/client'
 *
 * const client = await new AsyncRconClient().connect('127.0.0.1', 2302, 'hunter2')
 * const { answered } = await client.run(shutdownServer())
 * console.log(answered ? 'the server said yes and went' : 'no answer: probably gone')
 * await client.close()
 * ```
 */
export function shutdownServer(): GameCommand<Departure> {
  return departureCommand('#shutdown', EVERY_GAME)
}

/**
 * Restarts the server's process (Arma 3 since 1.66). Silence is no error; the client comes back when the server does.
 */
export function restartServer(): GameCommand<Departure> {
  return departureCommand('#restartserver', ARMA_3)
}

/**
 * Stops the server when the mission ends (Arma 3 since 1.72). Some tools send `#shutdownaftermission`; which of the two
 * a server takes, it does not tell.
 */
export function shutdownServerAfterMission(): GameCommand {
  return gameCommand('#shutdownserveraftermission', ARMA_3)
}

/** Restarts the server's process when the mission ends (Arma 3 since 1.72). */
export function restartServerAfterMission(): GameCommand {
  return gameCommand('#restartserveraftermission', ARMA_3)
}

/** Makes the server read its `server.cfg` again. Sent again: it ends with what the file says, however often. */
export function reloadConfig(): GameCommand {
  return gameCommand('#init', ARMA, true)
}

/**
 * Prints the server's performance into its own console from time to time. `#monitor` would print it to an admin in the
 * game, and so to nobody who is on RCON.
 *
 * @param intervalSeconds - between two lines; 0 ends it.
 * @throws {@link InvalidArgumentError} for what is no whole number of 0 or more.
 */
export function monitor(intervalSeconds: number): GameCommand {
  checkNumber('intervalSeconds', intervalSeconds, { min: 0, max: 2_147_483_647, integer: true })
  return gameCommand(`#monitords ${intervalSeconds}`, ARMA)
}

/**
 * Kicks by the game, not by BattlEye.
 *
 * @param player - a name, a Steam id, or the game's own number, which is not BattlEye's slot.
 * @throws {@link InvalidArgumentError} for an empty one, CR, LF or NUL, or too long a command.
 */
export function kickFromGame(player: string): GameCommand {
  checkText('player', player)
  if (player.trim() === '') throw new InvalidArgumentError('player', player, 'a name or an id')
  return gameCommand(commandText(`#kick ${player}`, 'player', player), ARMA)
}
