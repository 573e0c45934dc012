// @ts-nocheck
import type { SessionEvent } from '@bercon/core/kit'
import type { SortedMessage } from './sorted-message.js'

/** What a turn sends: its command, or a second one whose echo shows that the output of the first is over. */
export type Sending = 'command' | 'confirmation'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** The reply or failure of a command; the session adds the id that its caller knows. */
export type Answer = WithoutId<Extract<SessionEvent, { readonly type: 'reply' | 'failure' }>>

/** An action that a turn requests of its session. */
export type TurnAction =
  /** Sends it until it is answered, stopped, or the turn's deadline passes; only once without `resend`. */
  | {
      readonly type: 'send'
      readonly sending: Sending
      readonly bytes: Uint8Array
      readonly resend: boolean
    }
  /** Stops sending it. */
  | { readonly type: 'stop'; readonly sending: Sending }
  /** Answers the caller, once a turn. */
  | { readonly type: 'answer'; readonly answer: Answer }
  /** Not output after all: an event, unless its number is discarded. */
  | { readonly type: 'give-back'; readonly message: SortedMessage }
