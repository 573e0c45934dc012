// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { LoginThrottle } from './login-throttle.js'

const LIMITS = { maxLoginAttempts: 10, loginWindowMs: 60_000, maxTrackedAddresses: 100 }

function throttleAfter(wrong: number, address = '192.0.2.1'): LoginThrottle {
  const throttle = new LoginThrottle(LIMITS)
  for (let second = 0; second < wrong; second++) throttle.countWrong(address, second * 1_000)
  return throttle
}

describe('LoginThrottle', () => {
  it('admits ten wrong passwords, then none until the first of them is a minute old', () => {
    expect(throttleAfter(9).admits('192.0.2.1', 9_000)).toBe(true)
    const throttle = throttleAfter(10)
    expect(throttle.admits('192.0.2.1', 9_000)).toBe(false)
    expect(throttle.admits('192.0.2.1', 59_999)).toBe(false)
    expect(throttle.admits('192.0.2.1', 60_000)).toBe(true)
  })

  it('admits at most ten in any minute of an attack that lasts an hour', () => {
    const throttle = new LoginThrottle(LIMITS)
    const looked: number[] = []
    for (let now = 0; now < 3_600_000; now += 97) {
      if (!throttle.admits('192.0.2.1', now)) continue
      throttle.countWrong('192.0.2.1', now)
      looked.push(now)
    }
    const spans = looked.slice(10).map((at, index) => at - (looked[index] as number))
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(60_000)
    expect(looked.length).toBeGreaterThan(590)
  })

  it('does not affect other addresses', () => {
    expect(throttleAfter(10).admits('192.0.2.2', 9_000)).toBe(true)
  })

  it('counts the addresses of an IPv6 /64 as one', () => {
    const throttle = throttleAfter(10, '2001:db8::1')
    expect(throttle.admits('2001:db8::ffff:2', 9_000)).toBe(false)
    expect(throttle.admits('2001:db8:0:1::1', 9_000)).toBe(true)
  })

  it('remembers a limited number of addresses, and drops the one that has been quiet for longest', () => {
    const throttle = new LoginThrottle({ ...LIMITS, maxLoginAttempts: 1 })
    for (let host = 0; host < 100; host++) throttle.countWrong(`192.0.2.${host}`, host)
    throttle.countWrong('192.0.2.0', 100)
    throttle.countWrong('198.51.100.1', 101)
    const hosts = Array.from({ length: 100 }, (_, host) => `192.0.2.${host}`)
    const refused = [...hosts, '198.51.100.1'].filter((address) => !throttle.admits(address, 102))
    expect(refused).toHaveLength(100)
    expect(throttle.admits('192.0.2.0', 102)).toBe(false)
    expect(throttle.admits('192.0.2.1', 102)).toBe(true)
  })

  it('drops expired ones', () => {
    const throttle = throttleAfter(10)
    throttle.countWrong('192.0.2.2', 100_000)
    // Queried at that time: it is unknown by then.
    expect(throttle.admits('192.0.2.1', 9_000)).toBe(true)
  })
})
