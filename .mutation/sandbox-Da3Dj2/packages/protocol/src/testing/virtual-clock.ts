// @ts-nocheck
import type { Clock } from '../driver/alarm.js'

interface VirtualTimer {
  readonly at: number
  readonly callback: () => void
}

/**
 * A clock that moves only when you advance it: a day takes only as long as its timers need to run.
 *
 * @example
 * ```ts
 * import { VirtualClock } from '@bercon/protocol/testing'
 *
 * const clock = new VirtualClock()
 * clock.setTimer(() => console.log(clock.now()), 45_000) // 45000
 * clock.advance(60_000)
 * ```
 */
export class VirtualClock implements Clock {
  readonly #timers = new Set<VirtualTimer>()
  readonly #epoch: number
  #now = 0

  /** @param epoch The wall clock's time at the start, in ms since 1970. */
  constructor(epoch: number = Date.UTC(2026, 0, 1)) {
    this.#epoch = epoch
  }

  /** Number of timers that are set. */
  get timers(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#now
  }

  /** Milliseconds since 1970. */
  wallNow(): number {
    return this.#epoch + this.#now
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { at: this.#now + delayMs, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Advances the time by `ms`. Each timer due meanwhile is called at its time. */
  advance(ms: number): void {
    const until = this.#now + ms
    while (this.#fire(until));
    this.#now = until
  }

  /** Like `advance`, but lets promises settle between two timers. */
  async run(ms: number): Promise<void> {
    const until = this.#now + ms
    do await settled()
    while (this.#fire(until))
    this.#now = until
  }

  /** Calls the earliest timer that is due by `until`. */
  #fire(until: number): boolean {
    let first: VirtualTimer | undefined
    for (const timer of this.#timers)
      if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer
    if (first === undefined) return false
    this.#timers.delete(first)
    this.#now = Math.max(this.#now, first.at)
    first.callback()
    return true
  }
}

// Enough turns for the promise chain of a call through client, connection and login.
const TURNS = 20

/** Lets pending promises settle. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await Promise.resolve()
}
