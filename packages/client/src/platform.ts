import type { ClientClock } from '@bercon/core'
import type { ClientPlatform } from '@bercon/core/kit'
import { UdpTransport } from '#udp-transport'

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

/** UDP, where there is any, and the system clock. */
export const PLATFORM: ClientPlatform = { newTransport: () => new UdpTransport(), clock: systemClock }
