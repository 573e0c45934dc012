import { expect, it } from 'vitest'
import { runListTrial } from './list-trial.js'

it.each([
  [0.05, 10_000],
  [0.15, 3_000],
  [0.3, 10_000],
  [0.3, 3_000],
])('over %d loss each way, lists that change every %i ms are never torn', (loss, changeEveryMs) => {
  const lists = 300
  const result = runListTrial({ seed: 7, lists, loss, changeEveryMs })
  expect(result).toMatchObject({ right: lists, silentlyWrong: 0, noticed: 0, timedOut: 0 })
  // Some of them had to be joined, or the trial proves no point.
  expect(result.mixed).toBeGreaterThan(lists / 20)
})
