import { expect, it } from 'vitest'
import { runCutTrial } from './cut-trial.js'

it.each([1, 2, 3])(
  'a channel that is cut settles every call, repeats no message and names each gap, seed %i',
  async (seed) => {
    const result = await runCutTrial(seed, 100)
    expect(result).toMatchObject({
      unsettled: 0,
      wrong: 0,
      receivedTwice: 0,
      unnamed: 0,
      loginsOfHost: 1,
      timersLeft: 0,
    })
    // It would be no trial if nothing were lost, or everything.
    expect(result.received).toBeLessThan(result.messages)
    expect(result.answered).toBeGreaterThan(result.commands / 2)
    expect(Object.keys(result.failed)).toContain('connection-lost unknown')
  },
)
