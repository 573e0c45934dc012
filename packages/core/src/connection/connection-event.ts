import {
  type ClientSessionEvent,
  decodeText,
  encodeText,
  type Problem,
  type TextOptions,
} from '@bercon/protocol'
import { messageWithoutPassword, withoutPassword } from '../errors/command-text.js'

/** Why a login is no more. */
export type DisconnectReason =
  /** No command packet was answered for some time: the server forgot us, restarted, or is gone. */
  | 'forgotten'
  /** `close()` was called. */
  | 'closed'
  /** The password was refused at a reconnect. */
  | 'refused'

/** What happens on a connection, as plain data. `at` is in ms since 1970, from the client's clock. */
export type ConnectionEvent =
  | {
      readonly type: 'connect'
      readonly at: number
      readonly address: string
      /** Logins sent, and how long they took in ms. */
      readonly attempts: number
      readonly elapsedMs: number
    }
  /** The server has stopped answering: nothing new for `silentMs`, by so many unanswered packets. The login is kept. */
  | {
      readonly type: 'unresponsive'
      readonly at: number
      readonly unanswered: number
      readonly silentMs: number
    }
  /** A server that had stopped answering answers again. */
  | {
      readonly type: 'responsive'
      readonly at: number
      readonly unanswered: number
      readonly silentMs: number
    }
  /** The login is no more; told again when the connection is closed, or refused, before there is another. */
  | { readonly type: 'disconnect'; readonly at: number; readonly reason: DisconnectReason }
  | {
      readonly type: 'reconnecting'
      readonly at: number
      /** From 1, since the login was lost. */
      readonly attempt: number
      /** Until the login is tried, in ms. */
      readonly delayMs: number
    }
  | {
      readonly type: 'message'
      readonly at: number
      readonly text: string
      readonly sequence: number
      /** The sequence carried on over its wraps. */
      readonly number: number
      /** The text's bytes where they are not UTF-8, so that they stay reachable (W6). */
      readonly bytes?: readonly number[]
    }
  | {
      readonly type: 'command'
      readonly at: number
      /** The command's text, empty for a keep-alive. */
      readonly text: string
      readonly reply: string
      /** Number of the newest message when the command was first sent, -1 before the first. */
      readonly sentAfter: number
      /** `true` when the reply was joined from two executions: check it by its own total. */
      readonly mixed?: true
    }
  | { readonly type: 'malformed'; readonly at: number; readonly problem: Problem; readonly length: number }

/** Those who are told what happens on a connection. */
export class EventListeners {
  readonly #listeners = new Set<(event: ConnectionEvent) => void>()

  /** Returns what takes the listener off again. */
  add(listener: (event: ConnectionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: ConnectionEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch {
        // Clients tell their users what fails; a bare listener has nobody, and may not stop the connection either.
      }
    }
  }
}

/** A command with its reply, without a password: the event may be logged. */
export function commandEvent(
  command: string,
  reply: string,
  { sentAfter, mixed }: { readonly sentAfter: number; readonly mixed?: true | undefined },
  at: number,
): Extract<ConnectionEvent, { type: 'command' }> {
  const event = { type: 'command', at, text: withoutPassword(command), reply, sentAfter } as const
  return mixed ? { ...event, mixed } : event
}

/** A message as its text, with its bytes where the text alone would not give them back (W6) and holds no password. */
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
  const again = encodeText(text)
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
}
