/** Time as a driver of sessions needs it. */
export interface Clock {
  /** Milliseconds that never go backwards, from any beginning. */
  now(): number
  /** Calls back once, after `delayMs`; returns a function that cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void
}

/**
 * One timer for whatever is due next. It is set again only for an earlier time, so that it may ring when nothing is
 * due: who is rung for then sets it for what is.
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

  /** Rings at `at` at the latest; `Infinity` asks for nothing. */
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

  /** Does not ring any more, until it is set again. */
  clear(): void {
    this.#cancel()
    this.#at = Number.POSITIVE_INFINITY
  }
}
