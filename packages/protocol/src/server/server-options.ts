import { checkOptions, SOME_COUNT, SOME_DURATION } from '../check-options.js'

/** Options of a server's session with one peer. */
export interface ServerSessionOptions {
  /**
   * How long after its last command packet a peer is forgotten, in ms (P7).
   * @default 45000
   */
  readonly clientTimeoutMs: number
  /**
   * Time between two sendings of an unacknowledged message, in ms (P9). While a peer acknowledges nothing, only its
   * oldest eight are sent again.
   * @default 2000
   */
  readonly messageResendIntervalMs: number
  /**
   * How often a message is sent before the peer is forgotten: 5 by P9 (6 if that counts repeats only); `Infinity` for
   * no limit.
   * @default 5
   */
  readonly messageAttempts: number
  /**
   * Most messages that wait behind the unacknowledged ones; a further one is refused.
   * @default 1000
   */
  readonly maxQueuedMessages: number
  /**
   * Most bytes of waiting messages; a message that would exceed it is refused.
   * @default 1048576
   */
  readonly maxQueuedBytes: number
  /**
   * Whether to answer a repeat from memory instead of executing it again. A repeat is a command with the sequence and
   * bytes of an earlier one, within `repeatWindowMs` and at most 64 newer commands. `false`: a repeat is recognized
   * only while the first is being executed, and executed again after that, as real servers probably do (W7). On the
   * wire, a repeat looks the same as a new command with the same text and sequence, and clients that use sequence 0 for
   * every command send many of those.
   * @default false
   */
  readonly recognizeRepeats: boolean
  /**
   * How long a command is recognized after it was received, in ms.
   * @default 30000
   */
  readonly repeatWindowMs: number
  /**
   * Most bytes of answers kept for repeats with `recognizeRepeats`. Beyond it the oldest are dropped, and their repeats
   * are neither executed nor answered.
   * @default 4194304
   */
  readonly maxAnswerBytes: number
  /**
   * Most commands without an answer; further ones are not executed.
   * @default 256
   */
  readonly maxOpenCommands: number
  /**
   * Longest command in bytes; a longer one is not executed. Other clients send at most 1,391 (W8).
   * @default 4096
   */
  readonly maxCommandBytes: number
  /**
   * Bytes in a part of a long reply (W4); more if the reply would need more than 255 parts (W14).
   * @default 1024
   */
  readonly partBytes: number
  /**
   * Bytes of a reply in parts that are sent to a peer in one burst. A receive buffer of 212,992 bytes, the limit on
   * many systems, holds about 94 KiB of parts.
   * @default 32768
   */
  readonly replyBurstBytes: number
  /**
   * Time between two bursts, in ms; 0 sends everything at once.
   * @default 5
   */
  readonly replyBurstIntervalMs: number
  /**
   * Most bytes of replies that wait for a burst, not counting the newest reply. Beyond it the oldest is sent at once.
   * @default 4194304
   */
  readonly maxPacedBytes: number
}

/** The default options of a server's session. */
export const SERVER_SESSION_DEFAULTS: ServerSessionOptions = {
  clientTimeoutMs: 45_000,
  messageResendIntervalMs: 2_000,
  messageAttempts: 5,
  maxQueuedMessages: 1_000,
  maxQueuedBytes: 1024 * 1024,
  recognizeRepeats: false,
  repeatWindowMs: 30_000,
  maxAnswerBytes: 4 * 1024 * 1024,
  maxOpenCommands: 256,
  maxCommandBytes: 4_096,
  partBytes: 1_024,
  replyBurstBytes: 32 * 1024,
  replyBurstIntervalMs: 5,
  maxPacedBytes: 4 * 1024 * 1024,
}

/** Most bytes in one part: a datagram without header, type, sequence and part header (P1, P6). */
export const MAX_PART_BYTES = 65_495

/** Merges the options over the defaults. @throws `InvalidArgumentError` naming the option. */
export function serverSessionOptions(given: Partial<ServerSessionOptions>): ServerSessionOptions {
  return checkOptions(given, SERVER_SESSION_DEFAULTS, {
    clientTimeoutMs: SOME_DURATION,
    messageResendIntervalMs: SOME_DURATION,
    messageAttempts: SOME_COUNT,
    maxQueuedMessages: SOME_COUNT,
    maxQueuedBytes: SOME_COUNT,
    repeatWindowMs: SOME_DURATION,
    maxAnswerBytes: { min: 0, max: Number.POSITIVE_INFINITY, integer: true },
    maxOpenCommands: SOME_COUNT,
    maxCommandBytes: SOME_COUNT,
    partBytes: { min: 1, max: MAX_PART_BYTES, integer: true },
    replyBurstBytes: SOME_COUNT,
    replyBurstIntervalMs: { min: 0, max: 1_000 },
    maxPacedBytes: { min: 0, max: Number.POSITIVE_INFINITY, integer: true },
  })
}
