// @ts-nocheck
import type { Clock } from '@bercon/protocol/driver'

// Node fires a timer with a longer delay at once. A timer that fires early is set again for the rest.
const LONGEST_DELAY_MS = 2 ** 31 - 1

/** The clock of this process. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_DELAY_MS))
    return () => clearTimeout(timer)
  },
}
