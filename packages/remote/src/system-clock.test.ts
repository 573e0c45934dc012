import { beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from './system-clock.js'

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  it('calls back after the delay, and never if the timer was canceled', () => {
    const called: string[] = []
    systemClock.setTimer(() => called.push('kept'), 9.5)
    const cancel = systemClock.setTimer(() => called.push('canceled'), 9.5)
    cancel()
    vi.advanceTimersByTime(9)
    expect(called).toEqual([])
    vi.advanceTimersByTime(1)
    expect(called).toEqual(['kept'])
  })

  it('waits for weeks where a platform would call back at once', () => {
    const called: string[] = []
    systemClock.setTimer(() => called.push('late'), Number.POSITIVE_INFINITY)
    vi.advanceTimersByTime(2 ** 31 - 2)
    expect(called).toEqual([])
  })

  it('has a time that passes, and one for people', () => {
    const [before, wall] = [systemClock.now(), systemClock.wallNow()]
    vi.advanceTimersByTime(25)
    expect([systemClock.now() - before, systemClock.wallNow() - wall]).toEqual([25, 25])
  })
})
