// @ts-nocheck
// A password for each user: who logs in, and how the server handles a faulty `authenticate`.
import {
  type ClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeText,
} from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { expect, it } from 'vitest'
import { MemoryNetwork } from './memory-network.js'
import { RconServer } from './rcon-server.js'
import type { RconServerEvent } from './server-event.js'
import type { RconServerOptions } from './server-options.js'

type Authenticate = NonNullable<RconServerOptions['authenticate']>

async function start(authenticate: Authenticate) {
  const clock = new VirtualClock()
  const events: RconServerEvent[] = []
  const sent: string[] = []
  const network = new MemoryNetwork((datagram) => {
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'login') sent.push(packet.accepted ? 'accepted' : 'refused')
    else if (packet.type !== 'malformed') sent.push(decodeText(packet.bytes))
  })
  const server = new RconServer({
    authenticate,
    announceLogins: false,
    onCommand: (command, peer) => `${peer.name} said ${command}`,
    onEvent: (event) => events.push(event),
    clock,
    openSocket: network.openSocket,
  })
  await server.listen()
  const deliver = (packet: ClientPacket, port: number) =>
    network.deliver(encodeClientPacket(packet), { address: '192.0.2.1', port })
  return {
    clock,
    events,
    server,
    login: (port: number, password: string) => deliver({ type: 'login', bytes: encodeText(password) }, port),
    command: (port: number, text: string, sequence = 0) =>
      deliver({ type: 'command', sequence, bytes: encodeText(text) }, port),
    takeSent: () => sent.splice(0),
  }
}

const USERS = new Map([
  ['token-ann', { name: 'ann' }],
  ['token-bob', { name: 'bob' }],
])

it('names each peer by the password it logged in with', async () => {
  const { login, command, takeSent, server, events } = await start((password) => USERS.get(password))
  login(1, 'token-ann')
  login(2, 'token-bob')
  command(1, 'players')
  command(2, 'bans')
  expect(takeSent()).toEqual(['accepted', 'accepted', 'ann said players', 'bob said bans'])
  expect(server.peers.map(({ name, port }) => [name, port])).toEqual([
    ['ann', 1],
    ['bob', 2],
  ])
  expect(events).toMatchObject([
    { type: 'login', peer: { name: 'ann' } },
    { type: 'login', peer: { name: 'bob' } },
  ])
})

it('refuses everybody else, an empty password without asking, and checks ten wrong ones a minute', async () => {
  const asked: unknown[] = []
  const { login, takeSent, server } = await start((password, from) => {
    asked.push([password, from])
    return USERS.get(password)
  })
  login(1, '')
  for (let guess = 0; guess < 20; guess++) login(1, `guess ${guess}`)
  login(1, 'token-ann')
  expect(takeSent()).toEqual(Array(10).fill('refused'))
  expect(asked).toHaveLength(9)
  expect(asked[0]).toEqual(['guess 0', { address: '192.0.2.1', port: 1 }])
  expect(server.peers).toEqual([])
})

it('authenticates a peer that logs in again: the password can belong to somebody else, or to nobody', async () => {
  const users = new Map(USERS)
  const { login, command, takeSent, server } = await start((password) => users.get(password))
  login(1, 'token-ann')
  command(1, 'players')
  users.set('token-ann', { name: 'anna' })
  login(1, 'token-ann')
  command(1, 'players', 1)
  expect(takeSent()).toEqual(['accepted', 'ann said players', 'accepted', 'anna said players'])
  users.delete('token-ann')
  login(1, 'token-ann')
  expect(takeSent()).toEqual(['refused'])
  expect(server.peers).toMatchObject([{ id: 2, name: 'anna' }])
})

it('lets another user take over the port of a peer', async () => {
  const { login, takeSent, server, events } = await start((password) => USERS.get(password))
  login(1, 'token-ann')
  login(1, 'token-bob')
  expect(takeSent()).toEqual(['accepted', 'accepted'])
  expect(server.peers).toMatchObject([{ id: 2, name: 'bob' }])
  expect(events.map(({ type }) => type)).toEqual(['login', 'forgotten', 'login'])
})

it.each([
  ['throws', () => expect.unreachable()],
  ['returns a promise', (async () => ({ name: 'ann' })) as unknown as Authenticate],
  ['returns true', () => true as never],
  ['returns a name that is empty', () => ({ name: '' })],
])('does not answer a login if authenticate %s, and reports that', async (_, authenticate) => {
  const { login, takeSent, server, events } = await start(authenticate)
  login(1, 'token-ann')
  expect(takeSent()).toEqual([])
  expect(server.peers).toEqual([])
  expect(events).toMatchObject([{ type: 'error' }])
})

it('has no password to change', async () => {
  const { server } = await start(() => undefined)
  expect(() => server.setPassword('hunter2')).toThrow(
    expect.objectContaining({ code: 'invalid-argument', argument: 'password', value: 'a string' }),
  )
})
