import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import type { Connected, Work } from './connected.js'
import type { GameServer } from './game-server.js'
import { knownServer } from './known-server.js'
import type { PlayerRecord } from './records.js'

/** Where somebody is kicked, banned or spoken to. */
export interface Scene {
  readonly server: GameServer
  readonly connected: Connected
  /** The player who is meant by a text. @throws `NotFoundError` when nobody is, or several are. */
  readonly find: (text: string) => Promise<PlayerRecord>
}

/** What came of it. */
export interface Moderated {
  readonly done: string
  /** What the server said to it, which is nothing when all is well. */
  readonly remark?: string | undefined
}

/** Says what was done; anything that the server remarks is an error. */
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
