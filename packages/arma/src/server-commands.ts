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

/** Locks the server: no more players can join. Not sent again: a late copy would undo a newer `unlockServer`. */
export function lockServer(): GameCommand {
  return gameCommand('#lock', EVERY_GAME)
}

/** Unlocks the server: players can join again. Not sent again: a late copy would undo a newer `lockServer`. */
export function unlockServer(): GameCommand {
  return gameCommand('#unlock', EVERY_GAME)
}

/**
 * Stops the server. No reply is not an error, because it may never arrive. The client then tries to reconnect, unless
 * you close it.
 *
 * @example
 * ```ts
 * import { shutdownServer } from '@bercon/arma'
 * import { AsyncRconClient } from '@bercon/client'
 *
 * const client = await new AsyncRconClient().connect('127.0.0.1', 2306, 'hunter2')
 * const { answered } = await client.run(shutdownServer())
 * console.log(answered ? 'the server replied' : 'no reply: the server has probably stopped')
 * await client.close()
 * ```
 */
export function shutdownServer(): GameCommand<Departure> {
  return departureCommand('#shutdown', EVERY_GAME)
}

/**
 * Restarts the server's process (Arma 3 since 1.66). No reply is not an error; the client reconnects.
 */
export function restartServer(): GameCommand<Departure> {
  return departureCommand('#restartserver', ARMA_3)
}

/**
 * Stops the server when the mission ends (Arma 3 since 1.72). Some tools send `#shutdownaftermission`; a server does not
 * reveal which of the two it accepts.
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
 * Prints the server's performance into its own console at an interval. `#monitor` would print it to an admin in the game,
 * and not to RCON.
 *
 * @param intervalSeconds - between two lines; 0 ends it.
 * @throws {@link InvalidArgumentError} unless it is a whole number from 0.
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
  if (player.trim() === '')
    throw new InvalidArgumentError('player', player, "a name, a Steam id or the game's own number")
  return gameCommand(commandText(`#kick ${player}`, 'player', player), ARMA)
}
