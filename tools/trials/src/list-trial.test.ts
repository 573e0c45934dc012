import { expect, it } from 'vitest'
import { runListTrial } from './list-trial.js'

it.each([
  [0.05, 10_000],
  [0.15, 3_000],
  [0.3, 10_000],
  [0.3, 3_000],
])('with %d loss in each direction, lists that change every %i ms are never torn', (loss, changeEveryMs) => {
  const lists = 300
  const result = runListTrial({ seed: 7, lists, loss, changeEveryMs })
  expect(result).toMatchObject({ right: lists, silentlyWrong: 0, noticed: 0, timedOut: 0 })
  // Some must have been joined, otherwise the trial proves nothing.
  expect(result.mixed).toBeGreaterThan(lists / 20)
})
