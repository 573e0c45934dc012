// @ts-nocheck
import type { Outcome } from './client-event.js'
import type { Reassembly } from './reassembly.js'

/** How a command is sent. */
export interface CommandOptions {
  /**
   * `true`: sent again until its deadline, so executed at least once. `false`: sent once, so executed at most once
   * (W7).
   */
  readonly resend: boolean
  /**
   * Deadline in ms from the call, including the time in the queue.
   * @default 30000 with `resend`, 10000 without
   */
  readonly timeoutMs?: number
}

interface Command {
  readonly id: number
  readonly bytes: Uint8Array
  readonly resend: boolean
  readonly addedAt: number
  readonly deadline: number
}

/** A command that waits for its turn or for a sequence. */
export interface WaitingCommand extends Command {
  readonly state: 'waiting'
}

/** A command that was sent and has not been answered or failed. */
export interface SentCommand extends Command {
  readonly state: 'in-flight'
  /** Sequence of its last sending. */
  sequence: number
  /** Sequences of its earlier sendings, if it was sent again. */
  earlier: number[] | undefined
  attempts: number
  readonly firstSentAt: number
  lastSentAt: number
  /** Number of the newest message when it was first sent. */
  readonly sentAfter: number
  /** Time from the last sending to the next. */
  intervalMs: number
  /** When the last part of its answer arrived; `-Infinity` before the first. */
  heardAt: number
  parts: Reassembly | undefined
}

/** A command from the call to its reply or failure. */
export type PendingCommand = WaitingCommand | SentCommand

/** The answer to a command, with the sequence of the sending that it answers. */
export interface Answer {
  readonly sequence: number
  readonly bytes: Uint8Array
  /** Whether it was joined from several sendings. */
  readonly mixed?: boolean
}

/** The id of keep-alives, which no other command has. */
export const KEEP_ALIVE_ID = 0

const NO_BYTES = new Uint8Array(0)

/** The command that keeps the login alive (P7). */
export function keepAliveCommand(now: number): WaitingCommand {
  return {
    state: 'waiting',
    id: KEEP_ALIVE_ID,
    bytes: NO_BYTES,
    resend: true,
    addedAt: now,
    deadline: Number.POSITIVE_INFINITY,
  }
}

/** A command that is about to be sent for the first time. */
export function sentCommand(
  { id, bytes, resend, addedAt, deadline }: WaitingCommand,
  sequence: number,
  sentAfter: number,
  now: number,
): SentCommand {
  return {
    state: 'in-flight',
    id,
    bytes,
    resend,
    addedAt,
    deadline,
    sequence,
    earlier: undefined,
    attempts: 0,
    firstSentAt: now,
    lastSentAt: now,
    sentAfter,
    intervalMs: 0,
    heardAt: Number.NEGATIVE_INFINITY,
    parts: undefined,
  }
}

/** What is known about a command that fails now. */
export function outcomeOf(command: PendingCommand): Outcome {
  if (command.state === 'waiting') return 'not-sent'
  return command.heardAt === Number.NEGATIVE_INFINITY ? 'unknown' : 'executed'
}
