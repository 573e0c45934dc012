import { expect, it } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client.js'
import type { Connection } from '../connection/connection.js'
import type { ClientClock, Transport } from '../connection/connection-parts.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import { type ClientOptions, clientParts } from './client-parts.js'

const clock = new VirtualClock()
const connection = { state: 'idle', exchange: () => {}, subscribe: () => {} } as unknown as Connection
const platform = { clock, newTransport: (): Transport => new MemoryTransport(clock, new Map()) }

it('a connection of the user’s own is used as it is', () => {
  const parts = clientParts<'promise'>({ connection, dialect: undefined }, platform)
  expect(parts).toMatchObject({ connection, clock })
})

it.each<[name: string, options: ClientOptions<'promise'>]>([
  ['transport', { transport: platform.newTransport() }],
  ['keepAliveMs', { keepAliveMs: 10_000 }],
])('an option without effect beside a connection is refused by name: %s', (argument, options) => {
  expect(() => clientParts({ ...options, connection }, platform)).toThrow(
    expect.objectContaining({
      code: 'invalid-argument',
      argument,
      expected: 'undefined',
      message: `The connection that you pass already has its own settings; leave out ${argument}, or leave out connection`,
    }),
  )
})

it.each<[part: string, parts: object]>([
  ['connection', { connection: {} }],
  ['clock', { clock: {} }],
  ['clock', { clock: { now: clock.now, wallNow: clock.wallNow } as Partial<ClientClock> }],
  ['cache', { cache: {} }],
  ['dispatch', { dispatch: {} }],
])('a %s without its methods is refused', (argument, parts) => {
  expect(() => new ScriptedClient({ parts })).toThrow(
    expect.objectContaining({ code: 'invalid-argument', argument }),
  )
})
