import { expect, it } from 'vitest'
import { runFuzzTrial } from './fuzz-trial.js'

it('hostile datagrams neither throw nor accumulate, in any state of either session', () => {
  const { states, checksummed, datagrams, mostPartsBytes } = runFuzzTrial(1, 150_000)
  expect(checksummed / datagrams).toBeGreaterThan(0.5)
  const client = ['new', 'logging-in', 'logged-in', 'refused', 'timed-out', 'forgotten', 'closed']
  const server = ['waiting', 'logged-in', 'expired', 'closed']
  const wanted = [...client.map((state) => `client ${state}`), ...server.map((state) => `server ${state}`)]
  expect(Object.keys(states).sort()).toEqual(wanted.sort())
  expect(mostPartsBytes).toBeLessThanOrEqual(100_000)
})
