import { ask, type CallOptions, type Kind, type Performer, type Remark, type Result } from '@bercon/core'
import type { Departure, GameCommand } from './game-command.js'
import {
  chooseMission,
  type Difficulty,
  restartAndReassign,
  restartMission,
  selectMission,
} from './mission-commands.js'
import {
  kickFromGame,
  lockServer,
  monitor,
  reloadConfig,
  restartServer,
  restartServerAfterMission,
  shutdownServer,
  shutdownServerAfterMission,
  unlockServer,
} from './server-commands.js'

/**
 * The game's own commands. Every reply is empty, whether the game obeys or not, so no operation knows the outcome; a
 * reply that is not empty is returned as text.
 */
export interface ArmaServer<K extends Kind> {
  /** Locks the server: no more players can join. */
  lockServer(options?: CallOptions): Result<K, Remark>
  /** Unlocks the server: players can join again. */
  unlockServer(options?: CallOptions): Result<K, Remark>
  /** Restarts the mission; players keep their roles (Arma). */
  restartMission(options?: CallOptions): Result<K, Remark>
  /** Restarts the mission with the choice of roles (Arma). */
  restartAndReassign(options?: CallOptions): Result<K, Remark>
  /** Loads a mission, with or without `.pbo` (Arma). @throws {@link InvalidArgumentError} as the command does. */
  selectMission(name: string, difficulty?: Difficulty, options?: CallOptions): Result<K, Remark>
  /** Shows the choice of missions; a player must be there to choose (Arma). */
  chooseMission(options?: CallOptions): Result<K, Remark>
  /** Stops the server; no reply is not an error. Close the client, or it tries to reconnect. */
  shutdownServer(options?: CallOptions): Result<K, Departure>
  /** Restarts the server's process; no reply is not an error, and the client reconnects (Arma 3). */
  restartServer(options?: CallOptions): Result<K, Departure>
  /** Stops the server when the mission ends (Arma 3). */
  shutdownServerAfterMission(options?: CallOptions): Result<K, Remark>
  /** Restarts the server's process when the mission ends (Arma 3). */
  restartServerAfterMission(options?: CallOptions): Result<K, Remark>
  /** Makes the server read its `server.cfg` again (Arma). */
  reloadConfig(options?: CallOptions): Result<K, Remark>
  /** Prints performance into the server's console; 0 ends it (Arma). @throws {@link InvalidArgumentError} */
  monitor(intervalSeconds: number, options?: CallOptions): Result<K, Remark>
  /** Kicks by the game, not by BattlEye (Arma). @throws {@link InvalidArgumentError} */
  kickFromGame(player: string, options?: CallOptions): Result<K, Remark>
}

/**
 * The commands of Arma and DayZ for any client: they return a promise, an observable or a plain value, like the client's
 * own operations.
 *
 * @example
 * ```ts
 * import { arma } from '@bercon/arma'
 * import { AsyncRconClient } from '@bercon/client'
 *
 * const client = await new AsyncRconClient().connect('127.0.0.1', 2306, 'hunter2')
 * await arma(client).lockServer()
 * await client.close()
 * ```
 */
export function arma<K extends Kind>(client: Performer<K>): ArmaServer<K> {
  // Made within the operation, so that a bad argument fails like its other errors.
  const run = <T>(command: () => GameCommand<T>, options?: CallOptions) =>
    client.perform(() => ask(command()), options)
  return {
    lockServer: (options) => run(lockServer, options),
    unlockServer: (options) => run(unlockServer, options),
    restartMission: (options) => run(restartMission, options),
    restartAndReassign: (options) => run(restartAndReassign, options),
    selectMission: (name, difficulty, options) => run(() => selectMission(name, difficulty), options),
    chooseMission: (options) => run(chooseMission, options),
    shutdownServer: (options) => run(shutdownServer, options),
    restartServer: (options) => run(restartServer, options),
    shutdownServerAfterMission: (options) => run(shutdownServerAfterMission, options),
    restartServerAfterMission: (options) => run(restartServerAfterMission, options),
    reloadConfig: (options) => run(reloadConfig, options),
    monitor: (intervalSeconds, options) => run(() => monitor(intervalSeconds), options),
    kickFromGame: (player, options) => run(() => kickFromGame(player), options),
  }
}
