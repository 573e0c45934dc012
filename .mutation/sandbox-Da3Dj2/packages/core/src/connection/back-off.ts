// @ts-nocheck
import type { ConnectionOptions } from './connection-options.js'
import type { ClientClock } from './connection-parts.js'

type Waits = Pick<ConnectionOptions, 'reconnectDelayMs' | 'maxReconnectDelayMs' | 'reconnectJitter'>

/** The waits before reconnects: each longer than the last, until a login succeeds. */
export class BackOff {
  readonly #clock: ClientClock
  readonly #options: Waits
  readonly #random: () => number
  #waits = 0
  #cancelTimer: () => void = () => {}

  /** @param random returns numbers from 0 up to, but not including, 1. */
  constructor(clock: ClientClock, options: Waits, random: () => number) {
    this.#clock = clock
    this.#options = options
    this.#random = random
  }

  /** Calls `onOver` after the next wait. Returns the length of that wait in ms, and its number from 1. */
  begin(onOver: () => void): { readonly attempt: number; readonly delayMs: number } {
    const attempt = ++this.#waits
    const delayMs = reconnectDelay(attempt, this.#options, this.#random())
    this.#cancelTimer = this.#clock.setTimer(onOver, delayMs)
    return { attempt, delayMs }
  }

  /** Ends a running wait; the next one is the first again. */
  end(): void {
    this.#waits = 0
    this.#cancelTimer()
  }
}

/**
 * The wait before login number `attempt` (from 1) after a lost one, in ms. It doubles each time up to the limit, and
 * `random`, a number from 0 up to 1, shortens it.
 */
export function reconnectDelay(attempt: number, options: Waits, random: number): number {
  const { reconnectDelayMs, maxReconnectDelayMs, reconnectJitter } = options
  // The exponent is limited: otherwise a week of attempts would end at Infinity times zero.
  const delayMs = Math.min(maxReconnectDelayMs, reconnectDelayMs * 2 ** Math.min(attempt - 1, 30))
  // Whole milliseconds, because people read it.
  return Math.round(delayMs * (1 - reconnectJitter * random))
}
