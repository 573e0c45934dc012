import {
  type ClientSessionEvent,
  decodeText,
  encodeText,
  type Problem,
  type TextOptions,
} from '@bercon/protocol'
import { messageWithoutPassword, withoutPassword } from '../errors/command-text.js'

/** Why a login ended. */
export type DisconnectReason =
  /** No command packet was answered for some time: the server forgot the client, restarted, or is gone. */
  | 'forgotten'
  /** The channel to the host of a remote connection was lost; the host's own login may well go on. */
  | 'channel-lost'
  /** `close()` was called. */
  | 'closed'
  /** The password was refused at a reconnect. */
  | 'refused'

/** The events of a connection, as plain data. `at` is in ms since 1970, from the client's clock. */
export type ConnectionEvent =
  | {
      readonly type: 'connect'
      readonly at: number
      readonly address: string
      /** Number of logins sent, and how long they took in ms. */
      readonly attempts: number
      readonly elapsedMs: number
    }
  /**
   * The server stopped answering: it sent nothing new for `silentMs`, despite `unanswered` packets. The login is kept.
   */
  | {
      readonly type: 'unresponsive'
      readonly at: number
      readonly unanswered: number
      readonly silentMs: number
    }
  /** The server answers again. */
  | {
      readonly type: 'responsive'
      readonly at: number
      readonly unanswered: number
      readonly silentMs: number
    }
  /** The login was lost. Emitted again if the connection is closed or refused before the next login. */
  | { readonly type: 'disconnect'; readonly at: number; readonly reason: DisconnectReason }
  | {
      readonly type: 'reconnecting'
      readonly at: number
      /** From 1, counted since the login was lost. */
      readonly attempt: number
      /** Time until the login is tried, in ms. */
      readonly delayMs: number
    }
  | {
      readonly type: 'message'
      readonly at: number
      readonly text: string
      readonly sequence: number
      /** The sequence extended past its wraps. */
      readonly number: number
      /** The text's bytes if they are not UTF-8, so that no information is lost (W6). */
      readonly bytes?: readonly number[]
    }
  | {
      readonly type: 'command'
      readonly at: number
      /** The command's text, empty for a keep-alive. */
      readonly text: string
      readonly reply: string
      /** Number of the newest message when the command was first sent, -1 if there was none. */
      readonly sentAfter: number
      /** `true` if the reply was joined from two executions: compare it with its own total. */
      readonly mixed?: true
    }
  | { readonly type: 'malformed'; readonly at: number; readonly problem: Problem; readonly length: number }
  /** A reader of a remote connection was slower than the events came: these were dropped, the first of them at `from`. */
  | { readonly type: 'eventsDropped'; readonly at: number; readonly from: number; readonly count: number }

/** Whether a disconnect ends the connection; after any other it comes back by itself. */
export function isEnd(reason: DisconnectReason): reason is 'closed' | 'refused' {
  return reason === 'closed' || reason === 'refused'
}

/** The commands whose replies a client reads without any listener. */
export const READ_REPLIES = ['players'] as const

type WantsReply = (command: string) => boolean

/** The listeners of a connection. */
export class EventListeners {
  readonly #listeners = new Map<(event: ConnectionEvent) => void, WantsReply>()
  #wants: readonly WantsReply[] = []

  /** Returns a function that unsubscribes the listener. */
  add(listener: (event: ConnectionEvent) => void, wantsReply: WantsReply = () => true): () => void {
    this.#listeners.set(listener, wantsReply)
    this.#wants = [...this.#listeners.values()]
    return () => {
      this.#listeners.delete(listener)
      this.#wants = [...this.#listeners.values()]
    }
  }

  /** Whether any listener wants the `command` event of a reply. */
  wantReply(command: string): boolean {
    const wants = this.#wants
    for (let at = 0; at < wants.length; at++) if (wants[at]?.(command)) return true
    return false
  }

  /** The commands whose `command` events are wanted; `undefined` for all. */
  get repliesWanted(): readonly string[] | undefined {
    // Only a listener that wants every reply wants those to keep-alives.
    return this.wantReply('') ? undefined : READ_REPLIES.filter((command) => this.wantReply(command))
  }

  /** Calls every listener. Ignores what a listener throws. */
  emit(event: ConnectionEvent): void {
    for (const listener of this.#listeners.keys()) {
      try {
        listener(event)
      } catch {
        // Clients report the errors of their users' listeners. For a bare listener nobody does, and it must not stop
        // the connection.
      }
    }
  }
}

/** A command with its reply, without a password, because the event may be logged. */
export function commandEvent(
  command: string,
  reply: string,
  { sentAfter, mixed }: { readonly sentAfter: number; readonly mixed?: true | undefined },
  at: number,
): Extract<ConnectionEvent, { type: 'command' }> {
  const event = { type: 'command', at, text: withoutPassword(command), reply, sentAfter } as const
  return mixed ? { ...event, mixed } : event
}

/** A message as text, with its bytes if the text does not preserve them (W6) and contains no password. */
export function messageEvent(
  message: Extract<ClientSessionEvent, { type: 'message' }>,
  at: number,
  options: TextOptions = {},
): Extract<ConnectionEvent, { type: 'message' }> {
  const { bytes, sequence, number } = message
  const said = decodeText(bytes, options)
  const text = messageWithoutPassword(said)
  const event = { type: 'message', at, text, sequence, number } as const
  return text !== said || isUtf8(bytes, text) ? event : { ...event, bytes: Array.from(bytes) }
}

function isUtf8(bytes: Uint8Array, text: string): boolean {
  // As most messages are.
  if (isAscii(bytes)) return true
  const again = encodeText(text)
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) >= 0x80) return false
  return true
}
