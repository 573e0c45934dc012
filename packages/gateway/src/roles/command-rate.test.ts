import { expect, it } from 'vitest'
import { CommandRate } from './command-rate.js'

it('admits as many commands as the limit in any minute', () => {
  const rate = new CommandRate()
  const admitted = [0, 59_999, 60_000, 119_999, 120_000].map((now) => rate.admits(1, now))
  expect(admitted).toEqual([true, false, true, false, true])
})

it('admits any number without a limit', () => {
  const rate = new CommandRate()
  expect(Array.from({ length: 100 }, () => rate.admits(Number.POSITIVE_INFINITY, 0))).not.toContain(false)
})

it('reports what is beyond the limit once a minute', () => {
  const rate = new CommandRate()
  const reported = [5, 6, 60_004, 60_005, 60_006].map((now) => rate.isToReport(now))
  expect(reported).toEqual([true, false, false, true, false])
})
