// @ts-nocheck
import { expect, it } from 'vitest'
import { settled, VirtualClock } from '../testing/index.js'
import type { Transport } from './connection-parts.js'
import { ServerConnection } from './server-connection.js'

it('a lookup that never ends is abandoned at the login timeout, and leaves no timer', async () => {
  const clock = new VirtualClock()
  const transport: Transport = {
    resolve: () => new Promise(() => {}),
    open: () => Promise.reject(new Error('nothing to open')),
  }
  const connection = new ServerConnection({ transport, clock }, { loginTimeoutMs: 5_000 })
  const opened = expect(connection.open({ host: 'slow.example', port: 2302, password: 'hunter2' })).rejects
  const failed = opened.toMatchObject({
    code: 'host-unreachable',
    detail: 'the DNS lookup timed out',
  })
  await clock.run(5_000)
  await failed
  await settled()
  expect([connection.state, clock.timers]).toEqual(['idle', 0])
})
