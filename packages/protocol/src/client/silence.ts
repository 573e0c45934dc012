import { firstResendMs } from './retransmission.js'
import type { RoundTrip } from './round-trip.js'

const NEVER = Number.POSITIVE_INFINITY
const GROWTH = 1.5
// One packet for all that waits, so it may wait a little longer than each of them alone would.
const PROBE_CEILING_MS = 1_500
// Of the wait for a server that seems gone: so long a keep-alive, which needs nothing but the server's attention, has for
// its answer.
const DECISION = 0.3

/**
 * What follows from a server's silence.
 *
 * While it answers nothing at all, one packet at a time probes it: commands that wait are not all sent again. And the
 * server has forgotten the client when command packets in a row brought nothing new, then for a time nothing new came
 * either, and then a keep-alive was not answered. Fewer packets would be false alarms: where half of all exchanges
 * fail, twenty in a row do every million sendings.
 */
export class Silence {
  readonly #packets: number
  readonly #waitMs: number
  readonly #minResendIntervalMs: number
  readonly #roundTrip: RoundTrip
  #unanswered = 0
  #since = 0
  #doubtAt = NEVER
  // Of the first packet since the last answer.
  #quietSince = NEVER
  #lastSentAt = 0
  // None yet while it is 0.
  #probeMs = 0

  constructor(
    options: {
      readonly forgottenAfterPackets: number
      readonly forgottenAfterMs: number
      readonly minResendIntervalMs: number
    },
    roundTrip: RoundTrip,
  ) {
    this.#packets = options.forgottenAfterPackets
    this.#waitMs = options.forgottenAfterMs
    this.#minResendIntervalMs = options.minResendIntervalMs
    this.#roundTrip = roundTrip
  }

  /** When the server seems gone, unless anything new comes: a keep-alive has to be under way from then on. */
  get doubtAt(): number {
    return this.#doubtAt
  }

  /** When it is gone, unless anything new comes, with a keep-alive that was sent first at a time. */
  overAt(keepAliveSentAt: number): number {
    return Math.max(this.#doubtAt, keepAliveSentAt + DECISION * this.#waitMs)
  }

  /** Command packets sent since anything new came. */
  get unanswered(): number {
    return this.#unanswered
  }

  /** When the first of them was sent. */
  get since(): number {
    return this.#since
  }

  /** When one of several commands that wait may be sent again; a time that has passed while the server answers. */
  nextProbeAt(now: number): number {
    const firstMs = firstResendMs(this.#roundTrip.timeoutMs, this.#minResendIntervalMs)
    if (now < this.#quietSince + firstMs) return now
    return this.#lastSentAt + (this.#probeMs || firstMs)
  }

  /** A command is sent again. */
  probes(now: number): void {
    const firstMs = firstResendMs(this.#roundTrip.timeoutMs, this.#minResendIntervalMs)
    if (now < this.#quietSince + firstMs) return
    this.#probeMs = Math.max(firstMs, Math.min(PROBE_CEILING_MS, GROWTH * (this.#probeMs || firstMs)))
  }

  /** A command packet goes out. */
  sent(now: number): void {
    if (this.#unanswered === 0) this.#since = now
    // The wait begins with the last packet that is needed, not with the first: packets sent close together are lost
    // together, so that a command lost long ago and one bad second must not count as a long silence.
    if (++this.#unanswered === this.#packets) this.#doubtAt = now + this.#waitMs
    if (this.#quietSince === NEVER) this.#quietSince = now
    this.#lastSentAt = now
  }

  /** Anything new has come: the server knows the client. */
  heard(): void {
    this.#unanswered = 0
    this.#doubtAt = NEVER
  }

  /** A command was answered, or its answer has begun. */
  answered(): void {
    this.heard()
    this.#quietSince = NEVER
    this.#probeMs = 0
  }
}
