import type { ConnectionEvent, ConnectionState, ConnectionStatistics, Target } from '@bercon/core'
import type { CommandRequest, ErrorData } from '@bercon/core/kit'

/** The version of the messages below, which `hello` and `state` name. */
export const VERSION = 1

/**
 * What the side that uses a connection says. Each message is one JSON object; unknown fields are ignored. A side whose other
 * side has a `bundle` may send several messages as one list.
 */
export type ClientMessage =
  /** First of all, and again to ask how things stand: the host answers with `state`. */
  | {
      readonly type: 'hello'
      readonly version: number
      /** The longest list of messages that this side takes, in characters. */
      readonly bundle?: number | undefined
      /** The commands, at most 100, whose `command` events this side wants from now on; all if left out. */
      readonly replies?: readonly string[] | undefined
    }
  /** Logs in, if the host leaves that to its users. */
  | { readonly type: 'open'; readonly id: number; readonly target: Target }
  /** Sends a command. `timeoutMs` counts from now; `null` is without end. */
  | (CommandRequest & {
      readonly type: 'exchange'
      readonly id: number
      readonly timeoutMs: number | null
    })
  /** Gives a command or a login up: it has no answer then. */
  | { readonly type: 'cancel'; readonly id: number }
  | CloseMessage

/** What the host of a connection says. */
export type HostMessage =
  /** How things stand: the answer to `hello`, and after each change. */
  | {
      readonly type: 'state'
      readonly version: number
      /** The host's clock, in ms since 1970, as in its events. */
      readonly at: number
      readonly state: ConnectionState
      /** Whether `open` and `close` act on the connection itself. */
      readonly control: boolean
      /** How many commands may be under way at once. */
      readonly window: number
      readonly statistics: ConnectionStatistics
      /** As in `hello`. */
      readonly bundle?: number | undefined
      /** Why the last login was refused. */
      readonly refusal?: ErrorData | undefined
    }
  /** The outcome of the `open` or `exchange` with that `id`: the text of a reply, empty for `open`, or an error. */
  | { readonly type: 'answer'; readonly id: number; readonly reply: string }
  | { readonly type: 'answer'; readonly id: number; readonly error: ErrorData }
  | { readonly type: 'event'; readonly event: ConnectionEvent }
  | CloseMessage

/** The last message of either side: why it ends the channel, nothing if it is done. */
export interface CloseMessage {
  readonly type: 'close'
  readonly error?: ErrorData | undefined
}
