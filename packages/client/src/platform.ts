import type { ClientClock } from '@bercon/core'
import type { ClientPlatform } from '@bercon/core/kit'
import { UdpTransport } from '#udp-transport'

// The longest delay of a Node timer; a longer one would fire at once.
const LONGEST_MS = 2 ** 31 - 1

// Node's own timer costs a third of `performance.now`, which is looked up and checked at each call. It is kept here because
// a look into `process` costs as much again.
const hrtime: (() => [number, number]) | undefined = globalThis.process?.hrtime?.bind(globalThis.process)

/** The system clock. */
export const systemClock: ClientClock = {
  now: () => {
    if (hrtime === undefined) return performance.now()
    const [seconds, nanoseconds] = hrtime()
    return seconds * 1_000 + nanoseconds / 1_000_000
  },
  wallNow: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS))
    return () => clearTimeout(timer)
  },
}

/** UDP, where there is any, and the system clock. */
export const PLATFORM: ClientPlatform = { newTransport: () => new UdpTransport(), clock: systemClock }
