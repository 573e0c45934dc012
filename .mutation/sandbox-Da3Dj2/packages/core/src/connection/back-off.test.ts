// @ts-nocheck
import { expect, it } from 'vitest'
import { reconnectDelay } from './back-off.js'
import { CONNECTION_DEFAULTS } from './connection-options.js'

it('doubles up to the limit, and stays there', () => {
  const delays = [1, 2, 3, 5, 6, 100, 1_000_000].map((attempt) =>
    reconnectDelay(attempt, CONNECTION_DEFAULTS, 0),
  )
  expect(delays).toEqual([1_000, 2_000, 4_000, 16_000, 30_000, 30_000, 30_000])
})

it('is shortened at random by at most the configured share', () => {
  const options = { ...CONNECTION_DEFAULTS, reconnectJitter: 0.2 }
  expect(reconnectDelay(1, options, 0.5)).toBe(900)
  expect(reconnectDelay(1, options, 0.999_999)).toBe(800)
  expect(reconnectDelay(1, { ...options, reconnectJitter: 0 }, 0.999)).toBe(1_000)
})

it('is a whole number of milliseconds', () => {
  expect(reconnectDelay(1, CONNECTION_DEFAULTS, 0.123_456)).toBe(938)
})

it('is zero at any attempt if so configured', () => {
  expect(reconnectDelay(5_000, { ...CONNECTION_DEFAULTS, reconnectDelayMs: 0 }, 0.5)).toBe(0)
})
