// @ts-nocheck
import type { ClientClock } from '@bercon/core'

// The longest delay of a Node timer; a longer one would fire at once.
const LONGEST_MS = 2 ** 31 - 1

/** The system clock. */
export const systemClock: ClientClock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS))
    return () => clearTimeout(timer)
  },
}
