import type { Outcome } from './client-event.js'
import type { Reassembly } from './reassembly.js'

/** How a command is sent. */
export interface CommandOptions {
  /** `true`: sent again until its deadline, so executed at least once; `false`: sent once, executed at most once (W7). */
  readonly resend: boolean
  /**
   * Deadline in ms from the call, through the queue too.
   * @default 30000 with `resend`, 10000 without
   */
  readonly timeoutMs?: number
}

/** A command from the call to its reply or failure. `sequence` is there exactly while it is under way. */
export interface PendingCommand {
  readonly id: number
  readonly bytes: Uint8Array
  readonly resend: boolean
  readonly addedAt: number
  readonly deadline: number
  /** That of its last sending. */
  sequence: number | undefined
  /** Those of the sendings before, where it was sent again. */
  earlier: number[] | undefined
  attempts: number
  firstSentAt: number
  lastSentAt: number
  /** Number of the newest message when it was first sent. */
  sentAfter: number
  /** Time between the last sending and the next. */
  intervalMs: number
  /** When anything of the answer came last; `-Infinity` while nothing has. */
  heardAt: number
  parts: Reassembly | undefined
}

/** What a command was answered with, under the sequence of one of its sendings. */
export interface Answer {
  readonly sequence: number
  readonly bytes: Uint8Array
  readonly mixed: boolean
}

export function pendingCommand(
  id: number,
  bytes: Uint8Array,
  resend: boolean,
  addedAt: number,
  timeoutMs: number,
): PendingCommand {
  return {
    id,
    bytes,
    resend,
    addedAt,
    deadline: addedAt + timeoutMs,
    sequence: undefined,
    earlier: undefined,
    attempts: 0,
    firstSentAt: 0,
    lastSentAt: 0,
    sentAfter: -1,
    intervalMs: 0,
    heardAt: Number.NEGATIVE_INFINITY,
    parts: undefined,
  }
}

/** What is known of a command that fails now. */
export function outcomeOf(command: PendingCommand): Outcome {
  if (command.heardAt !== Number.NEGATIVE_INFINITY) return 'executed'
  return command.attempts === 0 ? 'not-sent' : 'unknown'
}
