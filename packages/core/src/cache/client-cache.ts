import type { PlayersReply } from '../parsers/players-reply.js'
import type { ServerMessage } from '../parsers/server-message.js'
import type { PlayerData } from './player-data.js'

/** What the cache knows of a message beside its text. */
export interface Insight {
  /**
   * The player whom it is about, as of after it; one who left, as of before. For every line with a slot there is one;
   * for chat nothing where the name does not tell who it is.
   */
  readonly player: PlayerData | undefined
  /** For a leaving: whether the kick that it belongs to was told before. */
  readonly kicked: boolean
  /** Whether the line is older than one that was told before about the slot, and so changed nothing. @default false */
  readonly late?: boolean
}

/** What a client keeps of a server; `RconClientCache` is one, and another can be given in its place. */
export interface ClientCache {
  /** Who is on the server, by slot. */
  readonly players: ReadonlyMap<number, PlayerData>
  /** The client's own admin number (W2), nothing until the server has told it. */
  readonly adminId: number | undefined
  /** A login after `close()`, perhaps at another server: nobody is known. */
  clear(): void
  /** A new login: the numbers of messages begin anew. */
  beginLogin(): void
  /** Takes in a message; `number` is the message's own, nothing for a line that came from elsewhere. */
  receiveMessage(message: ServerMessage, number: number | undefined): Insight
  /** Takes in a whole list of players, a reply to `players`, first sent when the newest message was the one with the number `sentAfter`. */
  receivePlayers(reply: PlayersReply, sentAfter: number): void
  /** Calls back after each change of `players`; gives what ends that. */
  onChange(listener: () => void): () => void
}
