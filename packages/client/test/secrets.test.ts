import { inspect } from 'node:util'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { ScriptedPeer } from '../../core/test/scripted-peer.js'
import { AsyncRconClient } from '../src/async-rcon-client.js'

const SECRET = 'correct-horse'

function shown(value: unknown): string {
  return [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), String(value)].join()
}

it('the password of a login is neither in the client nor in its errors', async () => {
  const clock = new VirtualClock()
  const transport = new MemoryTransport(clock, new Map([['192.0.2.1', new ScriptedPeer()]]))
  const client = new AsyncRconClient({ transport, clock })
  const connected = client.connect('192.0.2.1', 2306, SECRET).catch((error: unknown) => error)
  expect(shown(client)).not.toContain(SECRET)
  await clock.run(0)
  const refusal = await connected
  expect(refusal).toMatchObject({ code: 'login-refused' })
  expect(shown(refusal)).not.toContain(SECRET)
  expect(shown(client)).not.toContain(SECRET)
})
