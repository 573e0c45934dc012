// @ts-nocheck
import type { Output } from '../output.js'
import type { ClientSessionEvent } from './client-event.js'
import { Loss } from './loss.js'
import { firstResendMs } from './resend-pace.js'
import type { RoundTrip } from './round-trip.js'

const NEVER = Number.POSITIVE_INFINITY
const GROWTH = 1.5
// One packet probes for all waiting commands, so it may wait a little longer than a single command would.
const PROBE_CEILING_MS = 1_500
// The share of `forgottenAfterMs` that a keep-alive has for its answer. It needs only the server's attention.
const DECISION = 0.3
// The share of `unresponsiveAfterMs` that a command may take before a keep-alive tests whether the server is slow, or
// only the command.
const PROBE_SHARE = 0.4
// Packets closer together than this share of that time are lost together, and count as one.
const SPACING_SHARE = 0.01
const FALSE_ALARM_ODDS = 1e-9
// Required on any network, however good.
const FEWEST_PACKETS = 4

/** Options about silence. */
export interface SilenceOptions {
  readonly unresponsiveAfterMs: number
  readonly forgottenAfterPackets: number
  readonly forgottenAfterMs: number
  readonly minResendIntervalMs: number
  readonly keepAliveMs: number
}

/** How silence is judged, beside the measured loss. */
export interface LinkRecord {
  readonly roundTrip: RoundTrip
  /** The commands in flight. */
  readonly waiting: { readonly size: number }
}

/**
 * Detects a silent server, and decides when the login is lost.
 *
 * While the server answers no packet, one packet at a time probes it; waiting commands are not all sent again. The
 * server counts as unresponsive when enough packets got no new answer that chance alone would cause it less than once
 * in a billion times on this network. It counts as gone when that continues. This is an accrual failure detector
 * (Hayashibara et al., 2004) that counts packets instead of time, because the network loses packets, and time says
 * nothing about a client that sends none.
 */
export class Silence {
  readonly loss: Loss = new Loss()
  readonly #options: SilenceOptions
  readonly #link: LinkRecord
  readonly #output: Output<ClientSessionEvent>
  // Within this time, as many packets are sent as the decision needs.
  readonly #decisionMs: number
  #keepAliveAfterMs: number
  #state: 'answering' | 'unresponsive' = 'answering'
  #heardAt = 0
  #unanswered = 0
  #since = 0
  // Packets since then whose losses are independent.
  #trials = 0
  #lastTrialAt = Number.NEGATIVE_INFINITY
  // When the last packet that the decision needs has had time to be answered.
  #improbableAt = NEVER
  // When the first command since the last answer was sent.
  #quietSince = NEVER
  #lastSentAt = 0
  // 0 while no probe was sent.
  #probeMs = 0

  constructor(options: SilenceOptions, link: LinkRecord, output: Output<ClientSessionEvent>) {
    this.#options = options
    this.#link = link
    this.#output = output
    this.#decisionMs = Math.min(options.unresponsiveAfterMs, options.forgottenAfterMs / 2)
    this.#keepAliveAfterMs = PROBE_SHARE * this.#decisionMs
  }

  /** Command packets sent since the last new packet from the server. */
  get unanswered(): number {
    return this.#unanswered
  }

  /** Since when something is unanswered and the server sent nothing new; `Infinity` if nothing is unanswered. */
  get since(): number {
    if (this.#unanswered > 0) return this.#since
    return this.#link.waiting.size > 0 ? this.#heardAt : NEVER
  }

  /** When a keep-alive should be in flight, unless something new arrives. */
  get keepAliveAt(): number {
    return this.since + this.#keepAliveAfterMs
  }

  /** When the server starts to count as unresponsive, unless something new arrives. */
  get unresponsiveAt(): number {
    if (this.#state === 'unresponsive') return NEVER
    return Math.max(this.since + this.#options.unresponsiveAfterMs, this.#improbableAt)
  }

  /** When the server counts as probably gone, unless something new arrives. From then on a keep-alive alone decides. */
  get doubtAt(): number {
    return Math.max(this.since + this.#options.forgottenAfterMs, this.#improbableAt)
  }

  /**
   * When the login counts as lost, unless something new arrives; `keepAliveSentAt` is when its keep-alive was first
   * sent.
   */
  overAt(keepAliveSentAt: number): number {
    return Math.max(this.doubtAt, keepAliveSentAt) + DECISION * this.#options.forgottenAfterMs
  }

  /** Marks the server as unresponsive if that is due. */
  handleTimeout(now: number): void {
    if (now < this.unresponsiveAt) return
    this.#state = 'unresponsive'
    this.#emit('unresponsive', now)
  }

  /** When one of several waiting commands may be sent again; a time in the past while the server answers. */
  nextProbeAt(now: number): number {
    // A keep-alive alone decides about a server that is probably gone.
    if (now >= this.doubtAt) return NEVER
    const firstMs = this.#firstMs()
    if (now < this.#quietSince + firstMs) return now
    return this.#lastSentAt + (this.#probeMs || firstMs)
  }

  /** Notes that a command is sent again. */
  probes(now: number): void {
    const firstMs = this.#firstMs()
    if (now < this.#quietSince + firstMs) return
    this.#probeMs = Math.max(firstMs, Math.min(PROBE_CEILING_MS, GROWTH * (this.#probeMs || firstMs)))
  }

  /** How long to wait after a keep-alive before the next, so that enough are sent by the time of the decision. */
  paceMs(intervalMs: number, now: number): number {
    const needed = this.#needed() - this.#trials
    if (needed <= 0) return intervalMs
    const firstMs = this.#firstMs()
    const leftMs = this.since + this.#decisionMs - firstMs - now
    // Once an answer is overdue, keep-alives need not wait for each other.
    const isOverdue = now >= this.since + firstMs || this.#link.roundTrip.smoothedMs === undefined
    const leastMs = isOverdue ? this.#options.minResendIntervalMs : firstMs
    return Math.min(intervalMs, Math.max(leastMs, leftMs / needed))
  }

  /** A command packet is being sent. Call this before it counts as in flight. */
  sent(now: number): void {
    if (this.#unanswered === 0) this.#since = this.#link.waiting.size > 0 ? this.#heardAt : now
    this.#unanswered++
    if (now >= this.#lastTrialAt + SPACING_SHARE * this.#decisionMs) this.#countTrial(now)
  }

  /** The packet is a command's. Keep-alives probe at their own pace. */
  commandSent(now: number): void {
    if (this.#quietSince === NEVER) this.#quietSince = now
    this.#lastSentAt = now
  }

  /** Something new arrived: the server knows the client. */
  heard(now: number): void {
    if (this.#state === 'unresponsive') this.#emit('responsive', now)
    this.#state = 'answering'
    this.#heardAt = now
    this.#unanswered = 0
    this.#trials = 0
    this.#lastTrialAt = Number.NEGATIVE_INFINITY
    this.#improbableAt = NEVER
  }

  /** A command was answered, or a part of its answer arrived. */
  answered(now: number): void {
    this.heard(now)
    this.#quietSince = NEVER
    this.#probeMs = 0
  }

  /**
   * Notes which packet was answered. If a keep-alive is answered but the command that caused it is not, the command is
   * slow: the next test comes later each time, because each keep-alive takes a sequence.
   */
  noteAnswered(isKeepAlive: boolean): void {
    const isSlow = isKeepAlive && this.#link.waiting.size > 1
    const nextMs = isSlow ? 2 * this.#keepAliveAfterMs : PROBE_SHARE * this.#decisionMs
    this.#keepAliveAfterMs = Math.min(
      nextMs,
      Math.max(this.#options.keepAliveMs, PROBE_SHARE * this.#decisionMs),
    )
  }

  /** The login has ended, and with it every timer. */
  end(): void {
    this.#state = 'answering'
    this.#unanswered = 0
    this.#improbableAt = NEVER
  }

  #emit(type: 'unresponsive' | 'responsive', now: number): void {
    this.#output.emit({ type, unanswered: this.#unanswered, silentMs: now - this.since })
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
