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

it('says how long the next command has to wait, which is not at all while there is room', () => {
  const rate = new CommandRate()
  expect(rate.waitMs(2, 0)).toBe(0)
  for (const now of [10, 20]) rate.admits(2, now)
  expect([rate.waitMs(2, 30), rate.waitMs(2, 60_009), rate.waitMs(2, 60_011), rate.waitMs(3, 30)]).toEqual([
    59_980, 1, 0, 0,
  ])
})
