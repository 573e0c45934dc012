import type { ConnectionOptions } from './connection-options.js'
import type { ClientClock } from './connection-parts.js'

/** The waits between the logins after a lost one: each longer than the one before, until there is a login again. */
export class BackOff {
  readonly #clock: ClientClock
  readonly #options: ConnectionOptions
  readonly #random: () => number
  #waits = 0
  #cancelTimer: () => void = () => {}

  /** @param random returns numbers from 0 up to 1. */
  constructor(clock: ClientClock, options: ConnectionOptions, random: () => number) {
    this.#clock = clock
    this.#options = options
    this.#random = random
  }

  /** Calls `onOver` after the next wait; returns that wait in ms, and its number from 1. */
  begin(onOver: () => void): { readonly attempt: number; readonly delayMs: number } {
    const attempt = ++this.#waits
    const delayMs = reconnectDelay(attempt, this.#options, this.#random())
    this.#cancelTimer = this.#clock.setTimer(onOver, delayMs)
    return { attempt, delayMs }
  }

  /** Ends a wait that is under way; the next one is the first again. */
  end(): void {
    this.#waits = 0
    this.#cancelTimer()
  }
}

/**
 * How long to wait before the login number `attempt` (from 1) after a lost one, in ms: doubled each time up to the
 * cap, and a part of it left to `random`, a number from 0 up to 1.
 */
export function reconnectDelay(attempt: number, options: ConnectionOptions, random: number): number {
  const { reconnectDelayMs, maxReconnectDelayMs, reconnectJitter } = options
  // The exponent is bounded, or a week of attempts would end at Infinity times zero.
  const delayMs = Math.min(maxReconnectDelayMs, reconnectDelayMs * 2 ** Math.min(attempt - 1, 30))
  // Whole, because people read it.
  return Math.round(delayMs * (1 - reconnectJitter * random))
}
