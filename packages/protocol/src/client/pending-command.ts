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
  state: 'waiting' | 'in-flight'
  readonly id: number
  /** A text is encoded when it is sent. */
  readonly body: Uint8Array | string
  readonly resend: boolean
  readonly addedAt: number
  readonly deadline: number
  /** Sequence of its last sending. */
  sequence: number
  /** Sequences of its earlier sendings, if it was sent again. */
  earlier: number[] | undefined
  attempts: number
  firstSentAt: number
  lastSentAt: number
  /** Number of the newest message when it was first sent. */
  sentAfter: number
  /** Time from the last sending to the next. */
  intervalMs: number
  /** When the last part of its answer arrived; `-Infinity` before the first. */
  heardAt: number
  parts: Reassembly | undefined
}

/** A command that waits for its turn or for a sequence. */
export interface WaitingCommand extends Command {
  state: 'waiting'
}

/** A command that was sent and has not been answered or failed. */
export interface SentCommand extends Command {
  state: 'in-flight'
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

/** A command that has not been sent, with times in ms. */
export function waitingCommand(
  id: number,
  body: Uint8Array | string,
  resend: boolean,
  { addedAt, deadline }: Pick<Command, 'addedAt' | 'deadline'>,
): WaitingCommand {
  return {
    state: 'waiting',
    id,
    body,
    resend,
    addedAt,
    deadline,
    sequence: 0,
    earlier: undefined,
    attempts: 0,
    firstSentAt: addedAt,
    lastSentAt: addedAt,
    sentAfter: -1,
    intervalMs: 0,
    heardAt: Number.NEGATIVE_INFINITY,
    parts: undefined,
  }
}

/** The command that keeps the login alive (P7). */
export function keepAliveCommand(now: number): WaitingCommand {
  return waitingCommand(KEEP_ALIVE_ID, NO_BYTES, true, { addedAt: now, deadline: Number.POSITIVE_INFINITY })
}

/** The command as it is about to be sent for the first time: the same object, because a copy costs as much as the state. */
export function sentCommand(
  waiting: WaitingCommand,
  sequence: number,
  sentAfter: number,
  now: number,
): SentCommand {
  const command: Command = waiting
  command.state = 'in-flight'
  command.sequence = sequence
  command.firstSentAt = now
  command.lastSentAt = now
  command.sentAfter = sentAfter
  return command as SentCommand
}

/** What is known about a command that fails now. */
export function outcomeOf(command: PendingCommand): Outcome {
  if (command.state === 'waiting') return 'not-sent'
  return command.heardAt === Number.NEGATIVE_INFINITY ? 'unknown' : 'executed'
}
