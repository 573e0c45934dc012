// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { RoundTrip } from './round-trip.js'

describe('RoundTrip (RFC 6298 §2)', () => {
  it('is one second before the first measurement', () => {
    const roundTrip = new RoundTrip()
    expect(roundTrip.timeoutMs).toBe(1_000)
    expect(roundTrip.smoothedMs).toBeUndefined()
    expect(roundTrip.lastMs).toBeUndefined()
  })

  it('uses the first measurement as the mean, and half of it as the variation', () => {
    const roundTrip = new RoundTrip()
    roundTrip.measure(100)
    expect(roundTrip.smoothedMs).toBe(100)
    expect(roundTrip.timeoutMs).toBe(100 + 4 * 50)
  })

  it('moves the mean by an eighth, and the variation by a quarter, measured from the old mean', () => {
    const roundTrip = new RoundTrip()
    roundTrip.measure(100)
    roundTrip.measure(200)
    expect(roundTrip.smoothedMs).toBe(112.5)
    // 3/4 · 50 + 1/4 · |100 - 200| = 62.5
    expect(roundTrip.timeoutMs).toBe(112.5 + 4 * 62.5)
    expect(roundTrip.lastMs).toBe(200)
  })

  it('converges to the round trip on a steady network, without a minimum', () => {
    const roundTrip = new RoundTrip()
    for (let i = 0; i < 100; i++) roundTrip.measure(0.2)
    expect(roundTrip.timeoutMs).toBeCloseTo(0.2, 6)
  })
})
