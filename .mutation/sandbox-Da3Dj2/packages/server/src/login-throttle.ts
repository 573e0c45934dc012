// @ts-nocheck
import { networkOf } from './network-of.js'

/** The limits of a {@link LoginThrottle}; `AdmissionOptions` explains each. */
export interface LoginThrottleLimits {
  readonly maxLoginAttempts: number
  readonly loginWindowMs: number
  readonly maxTrackedAddresses: number
}

/**
 * Limits guesses of the password. From one address (or one /64 of IPv6) it admits `maxLoginAttempts` wrong passwords
 * within any period of `loginWindowMs`, and then no login, not even a right one, until the first of them is that old.
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
  // The times of the last wrong passwords, by network; the network with the latest one is last.
  readonly #wrongAt = new Map<string, number[]>()

  constructor(limits: LoginThrottleLimits) {
    this.#limits = limits
  }

  /** Whether to check a login from the address now; `now` in ms, from any clock. */
  admits(address: string, now: number): boolean {
    const times = this.#wrongAt.get(networkOf(address)) ?? []
    const { maxLoginAttempts, loginWindowMs } = this.#limits
    return times.length < maxLoginAttempts || now - (times[0] as number) >= loginWindowMs
  }

  /** Counts a wrong password. Drops expired ones, and the oldest address if there are too many. */
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
