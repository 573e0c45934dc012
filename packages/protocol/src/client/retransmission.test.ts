import { describe, expect, it } from 'vitest'
import { firstResendMs, nextResendMs } from './retransmission.js'

const MIN_MS = 100

/** At what times a command is sent when nobody answers, up to its deadline. */
function sendings(timeoutMs: number, deadlineMs: number): number[] {
  const times = []
  let interval = firstResendMs(timeoutMs, MIN_MS)
  for (let at = 0; at < deadlineMs; interval = nextResendMs(interval, timeoutMs)) {
    times.push(at)
    at += interval
  }
  return times
}

describe('retransmission', () => {
  it.each([0, 40, 100, 250, 999, 1_000])(
    'has at least 24 tries in 30 s with a timeout of %i ms',
    (timeoutMs) => {
      expect(sendings(timeoutMs, 30_000).length).toBeGreaterThanOrEqual(24)
    },
  )

  it('begins with the measured timeout, grows by half each time, and stops at one second', () => {
    expect(sendings(200, 5_000)).toEqual([0, 200, 500, 950, 1_625, 2_625, 3_625, 4_625])
  })

  it('never sends again sooner than the least time', () => {
    expect(sendings(0.4, 500)).toEqual([0, 100, 250, 475])
  })

  it('waits for the measured timeout where that is more than a second', () => {
    expect(sendings(3_000, 10_000)).toEqual([0, 3_000, 6_000, 9_000])
  })

  it('grows up to a timeout that was measured since', () => {
    expect(nextResendMs(1_000, 4_000)).toBe(1_500)
    expect(nextResendMs(3_500, 4_000)).toBe(4_000)
  })

  it('never goes back to a shorter wait', () => {
    expect(nextResendMs(2_000, 100)).toBe(2_000)
  })
})
