// @ts-nocheck
// RFC 6298 §2.
const INITIAL_MS = 1_000
const ALPHA = 1 / 8
const BETA = 1 / 4
const VARIATIONS = 4
// The measured time includes the server's. One that hangs for a minute must not delay the next sending by minutes.
const MOST_MS = 3_000

/** Measures the round trip (RFC 6298 §2). */
export class RoundTrip {
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

  /** SRTT + 4·RTTVAR without a minimum, at most 3 s; one second before the first measurement. */
  get timeoutMs(): number {
    if (this.#smoothedMs === undefined) return INITIAL_MS
    return Math.min(MOST_MS, this.#smoothedMs + VARIATIONS * this.#variationMs)
  }

  measure(ms: number): void {
    this.#lastMs = ms
    if (this.#smoothedMs === undefined) {
      this.#smoothedMs = ms
      this.#variationMs = ms / 2
      return
    }
    this.#variationMs += BETA * (Math.abs(this.#smoothedMs - ms) - this.#variationMs)
    this.#smoothedMs += ALPHA * (ms - this.#smoothedMs)
  }
}
