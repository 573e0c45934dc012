/** Time as a driver of sessions needs it. */
// @ts-nocheck

export interface Clock {
  /** Milliseconds that never go backwards, from any beginning. */
  now(): number
  /** Calls back once, after `delayMs`; returns a function that cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void
}

/**
 * One timer for the next due time of many. It is set again only for an earlier time, so it may ring when nothing is
 * due; the callback then sets it for the next time.
 */
export class Alarm {
  readonly #clock: Clock
  readonly #ring: () => void
  #at = Number.POSITIVE_INFINITY
  #cancel: () => void = () => {}

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock
    this.#ring = ring
  }

  /** Rings no later than `at`; `Infinity` has no effect. */
  set(at: number): void {
    if (at >= this.#at) return
    this.#cancel()
    this.#at = at
    const ring = () => {
      this.#at = Number.POSITIVE_INFINITY
      this.#ring()
    }
    this.#cancel = this.#clock.setTimer(ring, Math.max(0, at - this.#clock.now()))
  }

  /** Cancels the alarm until it is set again. */
  clear(): void {
    this.#cancel()
    this.#at = Number.POSITIVE_INFINITY
  }
}
