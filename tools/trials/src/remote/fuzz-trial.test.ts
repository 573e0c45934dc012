import { expect, it } from 'vitest'
import { runRemoteFuzzTrial } from './fuzz-trial.js'

it('hostile texts neither throw nor hang a call nor leave a timer, at either side of a channel', async () => {
  const result = await runRemoteFuzzTrial(1, 5_000)
  expect(result).toMatchObject({ unsettled: 0, timersLeft: 0 })
  const types = ['answer', 'cancel', 'close', 'event', 'exchange', 'hello', 'open', 'state']
  expect(Object.keys(result.said).sort()).toEqual(types)
  expect(Math.min(...Object.values(result.said))).toBeGreaterThan(0)
})
