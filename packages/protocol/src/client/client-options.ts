import { ANY_DURATION, checkOptions, SOME_COUNT, SOME_DURATION } from '../check-options.js'

/** How a client's session behaves. */
export interface ClientSessionOptions {
  /**
   * How long to wait for the answer to a login, in ms, while it is sent again and again. RCON often answers only a
   * minute or two after the game server starts (W1).
   * @default 20000
   */
  readonly loginTimeoutMs: number
  /**
   * Time between two sendings of a login in ms.
   * @default 1000
   */
  readonly loginResendIntervalMs: number
  /**
   * How long after the sending of the last command packet that was answered a keep-alive is sent, in ms. The server
   * forgets a client after 45 s without one (P7), and a keep-alive may be lost a few times: more than 45,000 is refused.
   * The shorter it is, the sooner an idle client notices that the server is gone.
   * @default 15000
   */
  readonly keepAliveMs: number
  /**
   * Commands under way at the same time, from 1 to 128; the rest wait in order. Keep-alives do not count.
   * @default 64
   */
  readonly maxInFlight: number
  /**
   * The least time before a command is sent again, in ms.
   * @default 100
   */
  readonly minResendIntervalMs: number
  /**
   * Default deadline of a command with `resend: true`, in ms from the call.
   * @default 30000
   */
  readonly resentCommandTimeoutMs: number
  /**
   * Default deadline of a command with `resend: false`, in ms from the call.
   * @default 10000
   */
  readonly sentOnceCommandTimeoutMs: number
  /**
   * How long the sequence of a command that timed out is not used again, in ms. That of one that was answered rests for
   * as long as copies of answers come late on this link, twice as long as the latest took, up to 1 s; for 250 ms until 256
   * commands have been answered. A sending that was not answered, of a command that was,
   * rests for 1 s at least. None is used for another command within 128 others; a copy that comes later than all that
   * can be mistaken for another's.
   * @default 10000
   */
  readonly sequenceRestMs: number
  /**
   * The server counts as unresponsive when something is unanswered and nothing new has come for so long, in ms, and as
   * many packets have brought nothing as are lost by chance less often than once in a billion times on this link.
   * The login is kept.
   * @default 5000
   */
  readonly unresponsiveAfterMs: number
  /**
   * The most packets that are needed for that, and for the end of the login. On a good link 4 to 6 are enough; on one
   * that has not been measured yet, or loses half of all exchanges, 30.
   * @default 30
   */
  readonly forgottenAfterPackets: number
  /**
   * The server seems to have forgotten us when, beside that, nothing new has come for so long, in ms. Then a keep-alive
   * decides: the login is lost when that is not answered either within three tenths of this time. `Infinity` never ends a login.
   * @default 10000
   */
  readonly forgottenAfterMs: number
  /**
   * The longest reply in bytes, held in parts; beyond it the command fails as `reply-too-large`. The wire allows 255
   * parts of 65,495 bytes (W14).
   * @default 16777216
   */
  readonly maxReplyBytes: number
  /**
   * Bytes of unfinished replies held at the same time, of all commands together; the command whose part would pass
   * it fails as `reply-too-large`.
   * @default 33554432
   */
  readonly maxPartsBytes: number
  /**
   * Messages kept that overtook the answer to the login (W15); one beyond is not acknowledged, so that the server
   * repeats it.
   * @default 64
   */
  readonly maxEarlyMessages: number
}

/** What a session does unless told otherwise. */
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

// Without a command packet for longer than this the server forgets the client (P7).
const FORGOTTEN_AFTER_MS = 45_000

/** The options with the defaults under them. @throws `InvalidArgumentError` naming the option. */
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
