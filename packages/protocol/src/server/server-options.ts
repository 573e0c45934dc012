import { checkOptions, SOME_COUNT, SOME_DURATION } from '../check-options.js'

/** How a server's session behaves towards its peer. */
export interface ServerSessionOptions {
  /**
   * A peer that sends no command packet for longer is forgotten, in ms (P7).
   * @default 45000
   */
  readonly clientTimeoutMs: number
  /**
   * Time between two sendings of an unacknowledged message in ms (P9).
   * @default 2000
   */
  readonly messageResendIntervalMs: number
  /**
   * Sendings of a message until the peer is forgotten: 5 as P9 says (6 if that means repeats), `Infinity` to go on.
   * @default 5
   */
  readonly messageAttempts: number
  /**
   * Messages that wait behind those under way; one beyond is refused.
   * @default 1000
   */
  readonly maxQueuedMessages: number
  /**
   * Bytes of the messages that wait; one that would pass it is refused.
   * @default 1048576
   */
  readonly maxQueuedBytes: number
  /**
   * Whether a repeat, a command with the sequence and the bytes of an earlier one, is answered from memory and not
   * executed again: for `repeatWindowMs`, and until 64 newer commands have come. `false`: a repeat is recognized only
   * while the first is being executed, and is executed again after that, as real servers probably do (W7). Nothing on
   * the wire tells a repeat from a new command that looks the same, and clients that use sequence 0 for everything send
   * many of those.
   * @default false
   */
  readonly recognizeRepeats: boolean
  /**
   * For how long after it was received a command is recognized, in ms.
   * @default 30000
   */
  readonly repeatWindowMs: number
  /**
   * Bytes of answers kept for repeats where `recognizeRepeats` is on; beyond it the oldest go, and a repeat of theirs
   * is neither executed nor answered.
   * @default 4194304
   */
  readonly maxAnswerBytes: number
  /**
   * Commands that are not answered yet; one beyond is not executed.
   * @default 256
   */
  readonly maxOpenCommands: number
  /**
   * The longest command in bytes; a longer one is not executed. 1,391 is what other clients keep to (W8).
   * @default 4096
   */
  readonly maxCommandBytes: number
  /**
   * Bytes in a part of a long reply (W4); more where a reply would need more than 255 parts (W14).
   * @default 1024
   */
  readonly partBytes: number
  /**
   * Bytes of replies in parts that are sent to a peer at once; the rest follows in such bursts. A receive buffer of
   * 212,992 bytes, the most that many systems allow, holds some 94 KiB of parts.
   * @default 32768
   */
  readonly replyBurstBytes: number
  /**
   * Time between two bursts in ms; 0 sends everything at once.
   * @default 5
   */
  readonly replyBurstIntervalMs: number
  /**
   * Bytes of replies that wait for a burst, besides the newest reply; beyond it the oldest is sent at once.
   * @default 4194304
   */
  readonly maxPacedBytes: number
}

/** What a session does unless told otherwise. */
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

/** The most bytes that one part can carry: a datagram without header, type, sequence and part header (P1, P6). */
export const MAX_PART_BYTES = 65_495

/** The options with the defaults under them. @throws `InvalidArgumentError` naming the option. */
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
