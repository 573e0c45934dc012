// @ts-nocheck
import { ANY_DURATION, checkOptions, SOME_COUNT, SOME_DURATION } from '../check-options.js'

/** Options of a client's session. */
export interface ClientSessionOptions {
  /**
   * How long to wait for the answer to a login, in ms; the login is sent again every `loginResendIntervalMs`. RCON
   * often starts to answer a minute or two after the game server starts (W1).
   * @default 20000
   */
  readonly loginTimeoutMs: number
  /**
   * Time between two sendings of a login, in ms.
   * @default 1000
   */
  readonly loginResendIntervalMs: number
  /**
   * Time from the last answered command packet to the next keep-alive, in ms, counted from when that packet was sent.
   * At most 45,000: the server forgets a client after 45 s without a command packet (P7), and a keep-alive may be lost
   * a few times. With a shorter interval an idle client notices sooner that the server is gone.
   * @default 15000
   */
  readonly keepAliveMs: number
  /**
   * Most commands in flight at the same time, from 1 to 128; further commands wait in order. Keep-alives do not count.
   * @default 64
   */
  readonly maxInFlight: number
  /**
   * Shortest time before a command is sent again, in ms.
   * @default 100
   */
  readonly minResendIntervalMs: number
  /**
   * Default timeout of a command with `resend: true`, in ms from the call.
   * @default 30000
   */
  readonly resentCommandTimeoutMs: number
  /**
   * Default timeout of a command with `resend: false`, in ms from the call.
   * @default 10000
   */
  readonly sentOnceCommandTimeoutMs: number
  /**
   * How long the sequence of a command that timed out is reserved, in ms. The sequence of an answered command rests
   * twice as long as the latest copy of an answer took on this network, at most 1 s; until 256 commands have been
   * answered, 250 ms. If a command was answered, its other sendings rest for at least 1 s. No sequence is used again
   * within 128 other commands. A copy that arrives even later can be taken for the answer to another command.
   * @default 10000
   */
  readonly sequenceRestMs: number
  /**
   * How long the server must be silent to count as unresponsive, in ms. Something must be unanswered for that time, and
   * so must be enough packets that losing them all by chance happens less than once in a billion times on this network.
   * The login is kept.
   * @default 5000
   */
  readonly unresponsiveAfterMs: number
  /**
   * Most unanswered packets required before the server counts as unresponsive, and before the login is lost. A good
   * network needs 4 to 6; one that loses half of all exchanges, or is not measured yet, needs 30.
   * @default 30
   */
  readonly forgottenAfterPackets: number
  /**
   * How long an unresponsive server must send nothing new before it may have forgotten the client, in ms. A keep-alive
   * then decides: without an answer within three tenths of this time, the login is lost. With `Infinity` the session
   * never gives up a login.
   * @default 10000
   */
  readonly forgottenAfterMs: number
  /**
   * Longest reply in bytes that is collected from parts; a longer one fails as `reply-too-large`. The wire allows 255
   * parts of 65,495 bytes (W14).
   * @default 16777216
   */
  readonly maxReplyBytes: number
  /**
   * Most bytes of incomplete replies held at the same time, for all commands together. The command whose part would
   * exceed it fails as `reply-too-large`.
   * @default 33554432
   */
  readonly maxPartsBytes: number
  /**
   * Most messages kept that arrive before the answer to the login (W15). Further ones are not acknowledged, so the
   * server repeats them.
   * @default 64
   */
  readonly maxEarlyMessages: number
}

/** The default options of a client's session. */
export const CLIENT_SESSION_DEFAULTS: ClientSessionOptions = {
  loginTimeoutMs: 20_000,
  loginResendIntervalMs: 1_000,
  keepAliveMs: 15_000,
  maxInFlight: 64,
  minResendIntervalMs: 100,
  resentCommandTimeoutMs: 30_000,
  sentOnceCommandTimeoutMs: 10_000,
  sequenceRestMs: 10_000,
  unresponsiveAfterMs: 5_000,
  forgottenAfterPackets: 30,
  forgottenAfterMs: 10_000,
  maxReplyBytes: 16 * 1024 * 1024,
  maxPartsBytes: 32 * 1024 * 1024,
  maxEarlyMessages: 64,
}

// The server forgets a client that sends no command packet for this long (P7).
const FORGOTTEN_AFTER_MS = 45_000

/** Merges the options over the defaults. @throws `InvalidArgumentError` naming the option. */
export function clientSessionOptions(given: Partial<ClientSessionOptions>): ClientSessionOptions {
  return checkOptions(given, CLIENT_SESSION_DEFAULTS, {
    loginTimeoutMs: SOME_DURATION,
    loginResendIntervalMs: SOME_DURATION,
    keepAliveMs: { min: 1, max: FORGOTTEN_AFTER_MS },
    maxInFlight: { min: 1, max: 128, integer: true },
    minResendIntervalMs: SOME_DURATION,
    resentCommandTimeoutMs: SOME_DURATION,
    sentOnceCommandTimeoutMs: SOME_DURATION,
    sequenceRestMs: ANY_DURATION,
    unresponsiveAfterMs: SOME_DURATION,
    forgottenAfterPackets: SOME_COUNT,
    forgottenAfterMs: SOME_DURATION,
    maxReplyBytes: SOME_COUNT,
    maxPartsBytes: SOME_COUNT,
    maxEarlyMessages: { min: 0, max: Number.POSITIVE_INFINITY, integer: true },
  })
}
