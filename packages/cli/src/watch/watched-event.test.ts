import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/server/simulator'
import { expect, it } from 'vitest'
import { type WatchedEvent, watchEvents } from './watched-event.js'

it('names the time in which lines may be missing, from the last that was heard to the next login', async () => {
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  const client = new AsyncRconClient({
    keepAliveMs: 20,
    minResendMs: 5,
    forgottenAfterPackets: 3,
    forgottenAfterMs: 30,
    reconnectDelayMs: 5,
    maxReconnectDelayMs: 5,
    loginRepeatMs: 20,
  })
  const events: WatchedEvent[] = []
  watchEvents(client, (event) => events.push(event))
  await client.connect('127.0.0.1', simulator.port, 'hunter2')
  simulator.crash()
  await client.waitFor('disconnect')
  const back = client.waitFor('connect')
  simulator.revive()
  const { at } = await back
  await client.close()
  await simulator.close()
  const types = events.map(({ type }) => type)
  expect(types.slice(0, 2)).toEqual(['connect', 'adminLogin'])
  expect(types.slice(types.indexOf('gap'), types.indexOf('gap') + 2)).toEqual(['gap', 'connect'])
  const [gap] = events.filter(({ type }) => type === 'gap')
  expect(gap).toEqual({
    type: 'gap',
    at: new Date(at).toISOString(),
    from: expect.stringMatching(/Z$/),
    to: new Date(at).toISOString(),
  })
  const { from } = gap as WatchedEvent
  expect(Date.parse(String(from))).toBeLessThan(at)
})
