// @ts-nocheck
import type { ClientClock } from '@bercon/core'

/** What this package needs of a platform beyond the language, described structurally: it compiles without one. */
interface Platform {
  readonly performance: { now(): number }
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(timer: unknown): void
}

// The longest delay of a timer; a longer one would fire at once.
const LONGEST_MS = 2 ** 31 - 1

/** The system clock, in a browser as in Node. */
export const systemClock: ClientClock = {
  now: () => platform().performance.now(),
  wallNow: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = platform().setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS))
    return () => platform().clearTimeout(timer)
  },
}

// At each call: tests replace the timers of the platform.
function platform(): Platform {
  return globalThis as unknown as Platform
}
