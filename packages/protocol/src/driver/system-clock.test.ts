import { describe, expect, it } from 'vitest'
import { systemClock } from './system-clock.js'

describe('the system clock', () => {
  it('advances, and knows the time of day', () => {
    const [now, wallNow] = [systemClock.now(), systemClock.wallNow()]
    expect(systemClock.now()).toBeGreaterThanOrEqual(now)
    expect(Math.abs(wallNow - Date.now())).toBeLessThan(60_000)
  })

  it('does not call back at once for a time that is longer than a timer of Node can wait', async () => {
    const rings: string[] = []
    const cancels = [2 ** 31, 2 ** 53, Number.POSITIVE_INFINITY].map((delayMs) =>
      systemClock.setTimer(() => rings.push(`${delayMs}`), delayMs),
    )
    await new Promise<void>((resolve) => systemClock.setTimer(resolve, 5))
    expect(rings).toEqual([])
    for (const cancel of cancels) cancel()
  })

  it('a canceled timer does not call back', async () => {
    const rings: string[] = []
    const cancel = systemClock.setTimer(() => rings.push('canceled'), 1)
    cancel()
    cancel()
    await new Promise<void>((resolve) => systemClock.setTimer(resolve, 5))
    expect(rings).toEqual([])
  })
})
