// @ts-nocheck
import type { MalformedPacket } from '../wire/packet.js'

/** What is known about a command without a reply: it may have been executed, it was not sent, or it was executed. */
export type Outcome = 'unknown' | 'not-sent' | 'executed'

/** Why a command got no reply. */
export type FailureReason =
  | 'timed-out'
  | 'canceled'
  | 'reply-too-large'
  | 'login-refused'
  | 'login-timed-out'
  | 'forgotten'
  | 'closed'

/** The events that a client's session emits. */
export type ClientSessionEvent =
  | { readonly type: 'logged-in'; readonly attempts: number; readonly elapsedMs: number }
  | { readonly type: 'login-refused'; readonly attempts: number; readonly elapsedMs: number }
  | { readonly type: 'login-timed-out'; readonly attempts: number; readonly elapsedMs: number }
  | {
      readonly type: 'reply'
      /** The id that `sendCommand` returned; 0 for the session's own keep-alives. */
      readonly id: number
      readonly bytes: Uint8Array
      readonly attempts: number
      readonly elapsedMs: number
      /**
       * Number of the newest message received before the command was first sent, or -1 for none. The reply may or may
       * not reflect later messages.
       */
      readonly sentAfter: number
      /**
       * `true` if the reply combines parts of two sendings because none was answered completely. Both sendings agree on
       * every part they share, but the server executed the command twice, and a part that only one of them has can be
       * older than the rest.
       */
      readonly mixed?: true
    }
  | {
      readonly type: 'failure'
      readonly id: number
      readonly reason: FailureReason
      readonly outcome: Outcome
      readonly attempts: number
      readonly elapsedMs: number
    }
  | {
      readonly type: 'message'
      readonly bytes: Uint8Array
      readonly sequence: number
      /** The sequence extended past its wraps. Use it to restore the order of sending. */
      readonly number: number
    }
  /** The server stopped answering. The login is kept, and the session keeps probing the server. */
  | { readonly type: 'unresponsive'; readonly unanswered: number; readonly silentMs: number }
  /** The server answers again, or sent a new message. */
  | { readonly type: 'responsive'; readonly unanswered: number; readonly silentMs: number }
  | {
      readonly type: 'forgotten'
      /** Number of consecutive command packets without an answer; the first was sent `silentMs` ago. */
      readonly unanswered: number
      readonly silentMs: number
    }
  | MalformedPacket
