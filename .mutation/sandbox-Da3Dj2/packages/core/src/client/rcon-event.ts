// @ts-nocheck
import type { ListProblem } from '../commands/list-problem.js'
import type { ConnectionEvent } from '../connection/connection-event.js'
import type { ErrorEvents } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import type { AdminMessage } from '../parsers/admin-lines.js'
import type { ServerMessage } from '../parsers/server-message.js'
import type { Kind } from '../performer.js'
import type { Gap } from './gap-record.js'
import type { JoinOrLeave } from './joins-and-leaves.js'

/** Fields of every event that comes from a message. */
interface FromMessage {
  /** When it was received, in ms since 1970. */
  readonly at: number
  /** The message's number; `undefined` for a line passed to `onMessage` without one. */
  readonly number: number | undefined
}

/**
 * A message with the player the cache knows. A line about a slot always has one. Chat shows neither slot nor GUID, so
 * it has one only if exactly one known player has the name.
 */
type About<K extends Kind, Message> = Message extends { readonly type: `player${string}` | 'adminMessage' }
  ? Message & FromMessage & KnownPlayer<K, Message>
  : Message & FromMessage

type KnownPlayer<K extends Kind, Message> = Message extends { readonly type: 'playerDisconnect' }
  ? { readonly player: Player<K>; readonly kicked: boolean }
  : Message extends { readonly playerId: number }
    ? { readonly player: Player<K> }
    : { readonly player: Player<K> | undefined }

/** An event that stands for a message from the server. */
export type ServerMessageEvent<K extends Kind = Kind> = About<K, ServerMessage>

/** An admin's message, emitted a second time by recipient. */
type AdminSaid<K extends Kind, Name extends string> = Omit<About<K, AdminMessage>, 'type'> & {
  readonly type: Name
}

/** Every event that a client emits, by `type`. */
export type RconEvent<K extends Kind = Kind> =
  | ConnectionEvent
  | ServerMessageEvent<K>
  | AdminSaid<K, 'adminAnnouncement'>
  | AdminSaid<K, 'adminWhisper'>
  | { readonly type: 'rawEvent'; readonly at: number; readonly event: ConnectionEvent }
  | { readonly type: 'login'; readonly at: number; readonly address: string }
  /** Lines of the server may be missing between `from` and `to`, in ms since 1970. Emitted right before a `connect`. */
  | (Gap & { readonly type: 'gap'; readonly at: number })
  /** A complete list of players arrived; `players` are the players on the server. */
  | { readonly type: 'players'; readonly at: number; readonly players: readonly Player<K>[] }
  | ListProblemEvent
  | (JoinOrLeave<Player<K>> & {
      readonly type: 'joinOrLeave'
      readonly at: number
      /** The source: a line, received when it happened, or a list, which can be received later. */
      readonly seen: 'line' | 'list'
    })

/** A list of players is incomplete or has unreadable rows. */
export interface ListProblemEvent {
  readonly type: 'listProblem'
  readonly at: number
  readonly command: 'players'
  readonly problem: ListProblem
  /** The unreadable rows, unchanged. */
  readonly rows: readonly string[]
  /** Whether the client uses the list: all its rows are accounted for, and the readable ones are correct. */
  readonly used: boolean
}

/** The events by name. Add your own with `EventDispatcher<RconEvents<K> & Own>`. */
export type RconEvents<K extends Kind = Kind> = ErrorEvents & {
  readonly [Name in RconEvent<K>['type']]: Extract<RconEvent<K>, { readonly type: Name }>
}
