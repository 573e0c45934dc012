import type { Loss } from './loss.js'
import { KEEP_ALIVE_ID, type SentCommand } from './pending-command.js'
import type { RoundTrip } from './round-trip.js'

// RFC 6298's doubling belongs to TCP: it would leave five tries in 30 s, where a link that loses every third datagram
// each way needs some twenty-four.
const GROWTH = 1.5
/** Where the growth ends, unless the measured timeout is longer; a keep-alive waits no longer in any case. */
export const CEILING_MS = 1_000

/** How long to wait for the first answer before a command is sent again. */
export function firstResendMs(timeoutMs: number, minResendIntervalMs: number): number {
  return Math.max(timeoutMs, minResendIntervalMs)
}

/** How long to wait after a further sending: 1.5 times longer, up to 1 s or the measured timeout. */
export function nextResendMs(intervalMs: number, timeoutMs: number): number {
  return Math.max(intervalMs, Math.min(intervalMs * GROWTH, Math.max(CEILING_MS, timeoutMs)))
}

// As many losses in a row as one command in a hundred meets are still chance.
const CHANCE = 0.01

/** How long each command waits until it is sent again, by the measured round trip and loss. */
export class ResendPace {
  readonly #roundTrip: RoundTrip
  readonly #loss: Loss
  readonly #minResendIntervalMs: number

  constructor(roundTrip: RoundTrip, loss: Loss, minResendIntervalMs: number) {
    this.#roundTrip = roundTrip
    this.#loss = loss
    this.#minResendIntervalMs = minResendIntervalMs
  }

  /** After its first sending. */
  firstMs(isKeepAlive: boolean): number {
    return firstResendMs(this.#timeoutMs(isKeepAlive), this.#minResendIntervalMs)
  }

  /** After a further one. */
  nextMs({ id, attempts, heardAt, lastSentAt, intervalMs }: SentCommand): number {
    const isKeepAlive = id === KEEP_ALIVE_ID
    // The growth is for silence: while parts of the answer come, the next sending may fill the gaps soon.
    if (heardAt > lastSentAt) return this.firstMs(isKeepAlive)
    // Nor has it a place where a few losses in a row are what this link is like: they say nothing of the server.
    if (this.#loss.atLeast ** attempts > CHANCE) return this.firstMs(isKeepAlive)
    return nextResendMs(intervalMs, this.#timeoutMs(isKeepAlive))
  }

  #timeoutMs(isKeepAlive: boolean): number {
    // The server forgets a client whose keep-alives are lost for 15 s, however slow it was before (P7).
    const { timeoutMs } = this.#roundTrip
    return isKeepAlive ? Math.min(CEILING_MS, timeoutMs) : timeoutMs
  }
}
