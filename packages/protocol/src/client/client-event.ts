import type { MalformedPacket } from '../wire/packet.js'

/** What is known of a command that got no reply: nobody knows, it never left, or the server did answer in part. */
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

/** What a client's session has to tell. */
export type ClientSessionEvent =
  | { readonly type: 'logged-in'; readonly attempts: number; readonly elapsedMs: number }
  | { readonly type: 'login-refused'; readonly attempts: number; readonly elapsedMs: number }
  | { readonly type: 'login-timed-out'; readonly attempts: number; readonly elapsedMs: number }
  | {
      readonly type: 'reply'
      /** What `sendCommand` gave; 0 for a keep-alive of the session's own. */
      readonly id: number
      readonly bytes: Uint8Array
      readonly attempts: number
      readonly elapsedMs: number
      /**
       * Number of the newest message that had come when the command was first sent, -1 for none: what later messages
       * say, the reply may or may not know.
       */
      readonly sentAfter: number
      /**
       * `true` when parts of two sendings were joined, because no sending was answered whole: they agree in all parts
       * that both have, but the server executed the command twice, and what only one has can be older than the rest.
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
      /** The sequence carried on over its wraps: who needs order uses this. */
      readonly number: number
    }
  /** The server has stopped answering; the login is kept, and the server is asked on. */
  | { readonly type: 'unresponsive'; readonly unanswered: number; readonly silentMs: number }
  /** A server that had stopped answering has sent something new. */
  | { readonly type: 'responsive'; readonly unanswered: number; readonly silentMs: number }
  | {
      readonly type: 'forgotten'
      /** Command packets in a row that were not answered, the first of them `silentMs` ago. */
      readonly unanswered: number
      readonly silentMs: number
    }
  | MalformedPacket
