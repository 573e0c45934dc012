// RFC 6298 §2.
const INITIAL_MS = 1_000
const ALPHA = 1 / 8
const BETA = 1 / 4
const VARIATIONS = 4
// The measured time includes the server's. One that hangs for a minute must not delay the next sending by minutes.
const MOST_MS = 3_000

/** Measures the round trip (RFC 6298 §2). */
export class RoundTrip {
  // Not a number until measured: a field that may be undefined would cost an object at each measurement.
  #lastMs = Number.NaN
  #smoothedMs = Number.NaN
  #variationMs = 0

  get lastMs(): number | undefined {
    return measured(this.#lastMs)
  }

  /** SRTT. */
  get smoothedMs(): number | undefined {
    return measured(this.#smoothedMs)
  }

  /** SRTT + 4·RTTVAR without a minimum, at most 3 s; one second before the first measurement. */
  get timeoutMs(): number {
    if (Number.isNaN(this.#smoothedMs)) return INITIAL_MS
    return Math.min(MOST_MS, this.#smoothedMs + VARIATIONS * this.#variationMs)
  }

  measure(ms: number): void {
    this.#lastMs = ms
    if (Number.isNaN(this.#smoothedMs)) {
      this.#smoothedMs = ms
      this.#variationMs = ms / 2
      return
    }
    this.#variationMs += BETA * (Math.abs(this.#smoothedMs - ms) - this.#variationMs)
    this.#smoothedMs += ALPHA * (ms - this.#smoothedMs)
  }
}

function measured(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms
}
