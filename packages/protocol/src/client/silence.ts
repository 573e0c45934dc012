import type { Output } from '../output.js'
import type { ClientSessionEvent } from './client-event.js'
import { Loss } from './loss.js'
import { firstResendMs } from './retransmission.js'
import type { RoundTrip } from './round-trip.js'

const NEVER = Number.POSITIVE_INFINITY
const GROWTH = 1.5
// One packet for all that waits, so it may wait a little longer than each of them alone would.
const PROBE_CEILING_MS = 1_500
// Of the wait for a server that seems gone: so long a keep-alive, which needs nothing but the server's attention, has for
// its answer.
const DECISION = 0.3
// Of the time until a server counts as unresponsive: so long a command may take before a keep-alive asks whether it
// is the server that is slow, or only the command.
const PROBE_SHARE = 0.4
// Packets that are closer together than this share of that time are lost together, and count as one.
const SPACING_SHARE = 0.01
const FALSE_ALARM_ODDS = 1e-9
// However good a link has been.
const FEWEST_PACKETS = 4

/** What silence is measured by. */
export interface SilenceOptions {
  readonly unresponsiveAfterMs: number
  readonly forgottenAfterPackets: number
  readonly forgottenAfterMs: number
  readonly minResendIntervalMs: number
  readonly keepAliveMs: number
}

/** What silence is judged by, beside the measured loss. */
export interface LinkRecord {
  readonly roundTrip: RoundTrip
  /** What is under way. */
  readonly waiting: { readonly size: number }
}

/**
 * What follows from a server's silence.
 *
 * While it answers nothing at all, one packet at a time probes it: commands that wait are not all sent again. It counts
 * as unresponsive when so many packets have brought nothing new that chance alone would not do that on this link once
 * in a billion times, and as gone when that lasts: an accrual failure detector (Hayashibara et al., 2004), which counts
 * packets and not time, because the network loses packets, and time says nothing of a client that has not asked.
 */
export class Silence {
  readonly loss: Loss = new Loss()
  readonly #options: SilenceOptions
  readonly #link: LinkRecord
  readonly #output: Output<ClientSessionEvent>
  // Within it as many packets are sent as are needed to decide.
  readonly #patienceMs: number
  #keepAliveAfterMs: number
  #state: 'answering' | 'unresponsive' = 'answering'
  #heardAt = 0
  #unanswered = 0
  #since = 0
  // Packets since then that can be lost independently of each other.
  #trials = 0
  #lastTrialAt = Number.NEGATIVE_INFINITY
  // When the last packet that was needed has had time to be answered.
  #improbableAt = NEVER
  // Of the first command since the last answer.
  #quietSince = NEVER
  #lastSentAt = 0
  // None yet while it is 0.
  #probeMs = 0

  constructor(options: SilenceOptions, link: LinkRecord, output: Output<ClientSessionEvent>) {
    this.#options = options
    this.#link = link
    this.#output = output
    this.#patienceMs = Math.min(options.unresponsiveAfterMs, options.forgottenAfterMs / 2)
    this.#keepAliveAfterMs = PROBE_SHARE * this.#patienceMs
  }

  /** Command packets sent since anything new came. */
  get unanswered(): number {
    return this.#unanswered
  }

  /** Since when anything is unanswered and nothing new has come; `Infinity` while nothing is asked. */
  get since(): number {
    if (this.#unanswered > 0) return this.#since
    return this.#link.waiting.size > 0 ? this.#heardAt : NEVER
  }

  /** When a keep-alive should be under way, unless anything new comes. */
  get keepAliveAt(): number {
    return this.since + this.#keepAliveAfterMs
  }

  /** When the server begins to count as unresponsive, unless anything new comes. */
  get unresponsiveAt(): number {
    if (this.#state === 'unresponsive') return NEVER
    return Math.max(this.since + this.#options.unresponsiveAfterMs, this.#improbableAt)
  }

  /** When the server seems gone, unless anything new comes: from then on a keep-alive alone decides. */
  get doubtAt(): number {
    return Math.max(this.since + this.#options.forgottenAfterMs, this.#improbableAt)
  }

  /** When it is gone, unless anything new comes, with a keep-alive that was sent first at a time. */
  overAt(keepAliveSentAt: number): number {
    return Math.max(this.doubtAt, keepAliveSentAt) + DECISION * this.#options.forgottenAfterMs
  }

  /** Lets the server count as unresponsive, if that is due. */
  handleTimeout(now: number): void {
    if (now < this.unresponsiveAt) return
    this.#state = 'unresponsive'
    this.#tell('unresponsive', now)
  }

  /** When one of several commands that wait may be sent again; a time that has passed while the server answers. */
  nextProbeAt(now: number): number {
    // A keep-alive alone decides whether a server that seems gone is.
    if (now >= this.doubtAt) return NEVER
    const firstMs = this.#firstMs()
    if (now < this.#quietSince + firstMs) return now
    return this.#lastSentAt + (this.#probeMs || firstMs)
  }

  /** A command is sent again. */
  probes(now: number): void {
    const firstMs = this.#firstMs()
    if (now < this.#quietSince + firstMs) return
    this.#probeMs = Math.max(firstMs, Math.min(PROBE_CEILING_MS, GROWTH * (this.#probeMs || firstMs)))
  }

  /** How long a keep-alive that was sent waits until the next, so that enough have been sent when it is time to decide. */
  paceMs(intervalMs: number, now: number): number {
    const needed = this.#needed() - this.#trials
    if (needed <= 0) return intervalMs
    const firstMs = this.#firstMs()
    const leftMs = this.since + this.#patienceMs - firstMs - now
    // Once an answer is overdue, nothing has to be waited for between two of them.
    const isOverdue = now >= this.since + firstMs || this.#link.roundTrip.smoothedMs === undefined
    const leastMs = isOverdue ? this.#options.minResendIntervalMs : firstMs
    return Math.min(intervalMs, Math.max(leastMs, leftMs / needed))
  }

  /** A command packet goes out; to be called before it counts as under way. */
  sent(now: number): void {
    if (this.#unanswered === 0) this.#since = this.#link.waiting.size > 0 ? this.#heardAt : now
    this.#unanswered++
    if (now >= this.#lastTrialAt + SPACING_SHARE * this.#patienceMs) this.#countTrial(now)
  }

  /** It is a command's, and no keep-alive: those probe at a pace of their own. */
  commandSent(now: number): void {
    if (this.#quietSince === NEVER) this.#quietSince = now
    this.#lastSentAt = now
  }

  /** Anything new has come: the server knows the client. */
  heard(now: number): void {
    if (this.#state === 'unresponsive') this.#tell('responsive', now)
    this.#state = 'answering'
    this.#heardAt = now
    this.#unanswered = 0
    this.#trials = 0
    this.#lastTrialAt = Number.NEGATIVE_INFINITY
    this.#improbableAt = NEVER
  }

  /** A command was answered, or its answer has begun. */
  answered(now: number): void {
    this.heard(now)
    this.#quietSince = NEVER
    this.#probeMs = 0
  }

  /**
   * What that was. Where a keep-alive is answered and the command that it was sent for is not, the command is slow: that is
   * asked about later each time, because each keep-alive takes a sequence.
   */
  noteAnswered(isKeepAlive: boolean): void {
    const isSlow = isKeepAlive && this.#link.waiting.size > 1
    const nextMs = isSlow ? 2 * this.#keepAliveAfterMs : PROBE_SHARE * this.#patienceMs
    this.#keepAliveAfterMs = Math.min(
      nextMs,
      Math.max(this.#options.keepAliveMs, PROBE_SHARE * this.#patienceMs),
    )
  }

  /** The login has ended, and with it every wait. */
  end(): void {
    this.#state = 'answering'
    this.#unanswered = 0
    this.#improbableAt = NEVER
  }

  #tell(type: 'unresponsive' | 'responsive', now: number): void {
    this.#output.tell({ type, unanswered: this.#unanswered, silentMs: now - this.since })
  }

  #firstMs(): number {
    return firstResendMs(this.#link.roundTrip.timeoutMs, this.#options.minResendIntervalMs)
  }

  #needed(): number {
    const packets = Math.max(FEWEST_PACKETS, this.loss.packetsFor(FALSE_ALARM_ODDS))
    return Math.min(this.#options.forgottenAfterPackets, packets)
  }

  #countTrial(now: number): void {
    this.#trials++
    this.#lastTrialAt = now
    if (this.#improbableAt !== NEVER || this.#trials < this.#fewest()) return
    if (this.#trials >= this.#needed()) this.#improbableAt = now + this.#firstMs()
  }

  #fewest(): number {
    return Math.min(this.#options.forgottenAfterPackets, FEWEST_PACKETS)
  }
}
