// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import type { Connected, Work } from './connected.js'
import type { GameServer } from './game-server.js'
import { knownServer } from './known-server.js'
import type { PlayerRecord } from './records.js'

/** A server on which players are kicked, banned or messaged. */
export interface Scene {
  readonly server: GameServer
  readonly connected: Connected
  /** Finds the player that a text names. @throws `NotFoundError` if there is none, or more than one. */
  readonly find: (text: string) => Promise<PlayerRecord>
}

/** The outcome. */
export interface Moderated {
  readonly done: string
  /** The server's remark; `undefined` on success. */
  readonly remark?: string | undefined
}

/** Prints what was done; a remark of the server is an error. */
export function moderate(command: string, act: (scene: Scene) => Promise<Moderated>): Work {
  return async (connected) => {
    const { findPlayer } = await import('./find-player.js')
    const server = await knownServer(connected)
    const { done, remark } = await act({ server, connected, find: (text) => findPlayer(server, text) })
    if (remark !== undefined) {
      const { UnexpectedReplyError } = await import('@bercon/client')
      throw new UnexpectedReplyError({ command, reply: remark })
    }
    connected.results.write(`${oneLine(done)}\n`)
    return EXIT.done
  }
}
