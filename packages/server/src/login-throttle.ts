import { networkOf } from './network-of.js'

/** What a {@link LoginThrottle} counts and how much it remembers; `AdmissionOptions` says what each means. */
export interface LoginThrottleLimits {
  readonly maxLoginAttempts: number
  readonly loginWindowMs: number
  readonly maxTrackedAddresses: number
}

/**
 * Says whose logins are looked at: from one address (one /64 of IPv6) so many wrong passwords within any time of the
 * window's length, and then none, not even a right one, until the first of them is as old as the window.
 *
 * @example
 * ```ts
 * import { LoginThrottle } from '@bercon/server/kit'
 *
 * const throttle = new LoginThrottle({ maxLoginAttempts: 2, loginWindowMs: 60_000, maxTrackedAddresses: 100 })
 * throttle.countWrong('192.0.2.1', 0)
 * throttle.countWrong('192.0.2.1', 1_000)
 * console.log(throttle.admits('192.0.2.1', 2_000), throttle.admits('192.0.2.1', 60_000)) // false true
 * ```
 */
export class LoginThrottle {
  readonly #limits: LoginThrottleLimits
  // When the last wrong ones came, by network; the network with the latest is the last.
  readonly #wrongAt = new Map<string, number[]>()

  constructor(limits: LoginThrottleLimits) {
    this.#limits = limits
  }

  /** Whether a login from the address is looked at now; `now` in ms, of any clock. */
  admits(address: string, now: number): boolean {
    const times = this.#wrongAt.get(networkOf(address)) ?? []
    const { maxLoginAttempts, loginWindowMs } = this.#limits
    return times.length < maxLoginAttempts || now - (times[0] as number) >= loginWindowMs
  }

  /** Counts a wrong password; what is out of date is forgotten, and the oldest when there are too many. */
  countWrong(address: string, now: number): void {
    const network = networkOf(address)
    const times = this.#wrongAt.get(network) ?? []
    times.push(now)
    if (times.length > this.#limits.maxLoginAttempts) times.shift()
    this.#wrongAt.delete(network)
    this.#wrongAt.set(network, times)
    this.#forget(now)
  }

  #forget(now: number): void {
    const { loginWindowMs, maxTrackedAddresses } = this.#limits
    for (const [network, times] of this.#wrongAt) {
      const isRecent = now - (times.at(-1) as number) < loginWindowMs
      if (isRecent && this.#wrongAt.size <= maxTrackedAddresses) return
      this.#wrongAt.delete(network)
    }
  }
}
