// RFC 6298 §2.
const INITIAL_MS = 1_000
const ALPHA = 1 / 8
const BETA = 1 / 4
const VARIATIONS = 4
// The measured time is the server's too, and one that hangs for a minute must not put off the next sending for minutes.
const MOST_MS = 3_000

// A least that was measured long ago says little of the route of today.
const LEAST_DECAY = 1 / 64

/** The measured round trip (RFC 6298 §2). */
export class RoundTrip {
  #leastMs = 0
  #lastMs: number | undefined
  #smoothedMs: number | undefined
  #variationMs = 0

  get lastMs(): number | undefined {
    return this.#lastMs
  }

  /** SRTT. */
  get smoothedMs(): number | undefined {
    return this.#smoothedMs
  }

  /** SRTT + 4·RTTVAR without a floor, at most 3 s; one second while nothing is measured. */
  get timeoutMs(): number {
    if (this.#smoothedMs === undefined) return INITIAL_MS
    return Math.min(MOST_MS, this.#smoothedMs + VARIATIONS * this.#variationMs)
  }

  /** The least of late: the network's part of it, whatever the server does. */
  get leastMs(): number {
    return this.#leastMs
  }

  measure(ms: number): void {
    this.#lastMs = ms
    if (this.#smoothedMs === undefined) {
      this.#leastMs = ms
      this.#smoothedMs = ms
      this.#variationMs = ms / 2
      return
    }
    this.#leastMs = ms < this.#leastMs ? ms : this.#leastMs + LEAST_DECAY * (ms - this.#leastMs)
    this.#variationMs += BETA * (Math.abs(this.#smoothedMs - ms) - this.#variationMs)
    this.#smoothedMs += ALPHA * (ms - this.#smoothedMs)
  }
}
