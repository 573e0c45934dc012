// @ts-nocheck
import type { PlayersReply } from '../parsers/players-reply.js'
import type { ServerMessage } from '../parsers/server-message.js'
import type { PlayerData } from './player-data.js'

/** What the cache knows about a message beyond its text. */
export interface Insight {
  /**
   * The player that the line is about, as known after it, or before it for a player who left. Defined for every line
   * with a slot; for chat, `undefined` if the name does not identify one player.
   */
  readonly player: PlayerData | undefined
  /** For a player who left: whether their kick was reported before. */
  readonly kicked: boolean
  /** Whether the line is older than the last one about the slot, and so changed nothing. @default false */
  readonly late?: boolean
}

/** What a client knows about a server. `RconClientCache` implements it; you can pass your own instead. */
export interface ClientCache {
  /** The players on the server, by slot. */
  readonly players: ReadonlyMap<number, PlayerData>
  /** The client's own admin number (W2); `undefined` until the server sends it. */
  readonly adminId: number | undefined
  /** Forgets everything: the next login after `close()` may be at another server. */
  clear(): void
  /** Starts a new login, in which the numbers of messages start over. */
  beginLogin(): void
  /** Handles a message. `number` is the message's own; `undefined` for a line from elsewhere. */
  receiveMessage(message: ServerMessage, number: number | undefined): Insight
  /**
   * Handles a complete list of players, a reply to `players`. `sentAfter` is the number of the newest message when the
   * command was first sent.
   */
  receivePlayers(reply: PlayersReply, sentAfter: number): void
  /** Calls the listener after each change of `players`. Returns a function that unsubscribes it. */
  onChange(listener: () => void): () => void
}
