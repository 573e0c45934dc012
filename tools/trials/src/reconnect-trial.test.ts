import { expect, it } from 'vitest'
import { runReconnectTrial } from './reconnect-trial.js'

it('a client that is forgotten repeatedly accumulates no memory, and leaves no timers', async () => {
  const result = await runReconnectTrial(100)
  expect(result).toMatchObject({ logins: 101, answered: 100, mostSockets: 1, timersLeft: 0, socketsLeft: 0 })
  // The session's, the periodic `players`, and datagrams in transit.
  expect(result.mostTimers).toBeLessThanOrEqual(4)
})
