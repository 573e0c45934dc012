import type { ClientClock } from '@bercon/core'

// The longest time that a timer of Node's can wait; one that is asked for longer would fire at once.
const LONGEST_MS = 2 ** 31 - 1

/** The machine's own time. */
export const systemClock: ClientClock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS))
    return () => clearTimeout(timer)
  },
}
