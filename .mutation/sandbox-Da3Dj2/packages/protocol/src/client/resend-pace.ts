// @ts-nocheck
import type { Loss } from './loss.js'
import { KEEP_ALIVE_ID, type SentCommand } from './pending-command.js'
import type { RoundTrip } from './round-trip.js'

// RFC 6298's doubling suits TCP. Here it would allow five tries in 30 s, but a network that loses every third datagram
// in each direction needs about twenty-four.
const GROWTH = 1.5
/** The growth stops here, or at the measured timeout if that is longer. A keep-alive never waits longer than this. */
export const CEILING_MS = 1_000

/** How long to wait for the first answer before a command is sent again. */
export function firstResendMs(timeoutMs: number, minResendIntervalMs: number): number {
  return Math.max(timeoutMs, minResendIntervalMs)
}

/** How long to wait after another sending: 1.5 times longer, up to 1 s or the measured timeout. */
export function nextResendMs(intervalMs: number, timeoutMs: number): number {
  return Math.max(intervalMs, Math.min(intervalMs * GROWTH, Math.max(CEILING_MS, timeoutMs)))
}

// If at least one command in a hundred loses that many packets in a row, it counts as chance.
const CHANCE = 0.01

/** How long each command waits before it is sent again, by the measured round trip and loss. */
export class ResendPace {
  readonly #roundTrip: RoundTrip
  readonly #loss: Loss
  readonly #minResendIntervalMs: number

  constructor(roundTrip: RoundTrip, loss: Loss, minResendIntervalMs: number) {
    this.#roundTrip = roundTrip
    this.#loss = loss
    this.#minResendIntervalMs = minResendIntervalMs
  }

  /** The wait after the first sending. */
  firstMs(isKeepAlive: boolean): number {
    return firstResendMs(this.#timeoutMs(isKeepAlive), this.#minResendIntervalMs)
  }

  /** The wait after another sending. */
  nextMs({ id, attempts, heardAt, lastSentAt, intervalMs }: SentCommand): number {
    const isKeepAlive = id === KEEP_ALIVE_ID
    // Only silence makes the wait grow. While parts of the answer arrive, the next sending may soon fill the gaps.
    if (heardAt > lastSentAt) return this.firstMs(isKeepAlive)
    // Nor does it grow if this network often loses several packets in a row: that says nothing about the server.
    if (this.#loss.atLeast ** attempts > CHANCE) return this.firstMs(isKeepAlive)
    return nextResendMs(intervalMs, this.#timeoutMs(isKeepAlive))
  }

  #timeoutMs(isKeepAlive: boolean): number {
    // The server forgets a client whose keep-alives are lost for 15 s, no matter how slow it was before (P7).
    const { timeoutMs } = this.#roundTrip
    return isKeepAlive ? Math.min(CEILING_MS, timeoutMs) : timeoutMs
  }
}
