// @ts-nocheck
import { expect, it } from 'vitest'
import { SYSTEM_CLOCK } from './clock.js'

it('calls at its time, but not before a canceled timer or one a year away', async () => {
  const called: string[] = []
  const from = SYSTEM_CLOCK.now()
  const cancelYear = SYSTEM_CLOCK.setTimer(() => called.push('year'), 365 * 86_400_000)
  const cancel = SYSTEM_CLOCK.setTimer(() => called.push('canceled'), 1)
  cancel()
  await new Promise<void>((resolve) => SYSTEM_CLOCK.setTimer(resolve, 5))
  cancelYear()
  expect(called).toEqual([])
  // A Node timer may fire a millisecond early.
  expect(SYSTEM_CLOCK.now() - from).toBeGreaterThanOrEqual(4)
})
