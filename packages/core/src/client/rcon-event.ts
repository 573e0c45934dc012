import type { ListProblem } from '../commands/list-problem.js'
import type { ConnectionEvent } from '../connection/connection-event.js'
import type { ErrorEvents } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import type { AdminMessage } from '../parsers/admin-lines.js'
import type { ServerMessage } from '../parsers/server-message.js'
import type { Kind } from '../performer.js'
import type { Gap } from './gap-record.js'
import type { JoinOrLeave } from './joins-and-leaves.js'

/** What every event has that comes from a message. */
interface FromMessage {
  /** When it came, in ms since 1970. */
  readonly at: number
  /** The message's number; nothing for a line that was fed in from elsewhere. */
  readonly number: number | undefined
}

/**
 * A message with what the cache knows of it: a line about a slot has its player; chat shows neither slot nor GUID, so that
 * there is one only where exactly one known player has the name.
 */
type About<K extends Kind, Message> = Message extends { readonly type: `player${string}` | 'adminMessage' }
  ? Message & FromMessage & KnownPlayer<K, Message>
  : Message & FromMessage

type KnownPlayer<K extends Kind, Message> = Message extends { readonly type: 'playerDisconnect' }
  ? { readonly player: Player<K>; readonly kicked: boolean }
  : Message extends { readonly playerId: number }
    ? { readonly player: Player<K> }
    : { readonly player: Player<K> | undefined }

/** An event that a message from the server stands for. */
export type ServerMessageEvent<K extends Kind = Kind> = About<K, ServerMessage>

/** What an admin said, told a second time by whom it was for. */
type AdminSaid<K extends Kind, Name extends string> = Omit<About<K, AdminMessage>, 'type'> & {
  readonly type: Name
}

/** Everything that a client tells, by `type`. */
export type RconEvent<K extends Kind = Kind> =
  | ConnectionEvent
  | ServerMessageEvent<K>
  | AdminSaid<K, 'adminAnnouncement'>
  | AdminSaid<K, 'adminWhisper'>
  | { readonly type: 'rawEvent'; readonly at: number; readonly event: ConnectionEvent }
  | { readonly type: 'login'; readonly at: number; readonly address: string }
  /** Between `from` and `to`, in ms since 1970, lines of the server may be missing; told right before a `connect`. */
  | (Gap & { readonly type: 'gap'; readonly at: number })
  /** A whole list of players has come, and `players` are who is on the server. */
  | { readonly type: 'players'; readonly at: number; readonly players: readonly Player<K>[] }
  | ListProblemEvent
  | (JoinOrLeave<Player<K>> & {
      readonly type: 'joinOrLeave'
      readonly at: number
      /** What shows it: a line, at its time; or a list, when it may be some time ago. */
      readonly seen: 'line' | 'list'
    })

/** A list of players has rows that cannot be read, or is not whole. */
export interface ListProblemEvent {
  readonly type: 'listProblem'
  readonly at: number
  readonly command: 'players'
  readonly problem: ListProblem
  /** The rows that could not be read, as they are. */
  readonly rows: readonly string[]
  /** Whether the list counts all the same: its rows are all accounted for, and those that could be read are right. */
  readonly taken: boolean
}

/** The events by name. Users add their own by `EventDispatcher<RconEvents<K> & Own>`. */
export type RconEvents<K extends Kind = Kind> = ErrorEvents & {
  readonly [Name in RconEvent<K>['type']]: Extract<RconEvent<K>, { readonly type: Name }>
}
