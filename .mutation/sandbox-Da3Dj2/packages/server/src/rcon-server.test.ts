// @ts-nocheck
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type ClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeText,
  type ServerPacket,
} from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { describe, expect, it } from 'vitest'
import { MemoryNetwork } from './memory-network.js'
import { RconServer } from './rcon-server.js'
import type { RconServerEvent } from './server-event.js'
import type { RconServerOptions } from './server-options.js'

async function start(options: Partial<RconServerOptions> = {}) {
  const clock = new VirtualClock()
  const events: RconServerEvent[] = []
  const sent: { readonly port: number; readonly packet: ReturnType<typeof decodeServerPacket> }[] = []
  const network = new MemoryNetwork((datagram, { port }) =>
    sent.push({ port, packet: decodeServerPacket(datagram) }),
  )
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: (command) => `did ${command}`,
    onEvent: (event) => events.push(event),
    clock,
    openSocket: network.openSocket,
    ...options,
  })
  await server.listen()
  const deliver = (packet: ClientPacket, port: number, address = '192.0.2.1') =>
    network.deliver(encodeClientPacket(packet), { address, port })
  return {
    clock,
    events,
    network,
    server,
    login: (port: number, password = 'hunter2', address = '192.0.2.1') =>
      deliver({ type: 'login', bytes: encodeText(password) }, port, address),
    command: (port: number, text: string, sequence = 0) =>
      deliver({ type: 'command', sequence, bytes: encodeText(text) }, port),
    acknowledge: (port: number, sequence: number) => deliver({ type: 'acknowledgement', sequence }, port),
    /** The datagrams sent since the last call. */
    takeSent: () => sent.splice(0),
    eventsOf: <T extends RconServerEvent['type']>(type: T) =>
      events.filter((event): event is Extract<RconServerEvent, { type: T }> => event.type === type),
  }
}

const ACCEPTED: ServerPacket = { type: 'login', accepted: true }
const REFUSED: ServerPacket = { type: 'login', accepted: false }

describe('logins', () => {
  it('accepts a login with the password, and keeps nothing of others', async () => {
    const { server, login, takeSent, events } = await start()
    login(1)
    login(2, 'wrong')
    expect(takeSent()).toEqual([
      { port: 1, packet: ACCEPTED },
      { port: 2, packet: REFUSED },
    ])
    expect(server.peers).toEqual([{ id: 1, adminId: 0, address: '192.0.2.1', port: 1 }])
    expect(events).toEqual([
      { type: 'login', peer: server.peers[0] },
      { type: 'refused', address: '192.0.2.1', port: 2 },
    ])
  })

  it('answers a repeated login, and emits it once', async () => {
    const { login, takeSent, events } = await start()
    login(1)
    login(1)
    expect(takeSent()).toHaveLength(2)
    expect(events).toHaveLength(1)
  })

  it('never answers without a password (P4)', async () => {
    const { login, takeSent, events, server } = await start({ password: '' })
    login(1, '')
    login(1, 'hunter2')
    expect(takeSent()).toEqual([])
    expect(server.peers).toEqual([])
    expect(events).toMatchObject([{ reason: 'no-password' }, { reason: 'no-password' }])
  })

  it('with `whenFull: ignore` does not answer one peer too many until another is gone', async () => {
    const { clock, login, command, takeSent, eventsOf, server } = await start({
      maxPeers: 2,
      whenFull: 'ignore',
    })
    login(1)
    login(2)
    takeSent()
    login(3)
    login(3, 'wrong')
    expect(takeSent()).toEqual([])
    expect(eventsOf('ignored')).toMatchObject([{ reason: 'full' }, { reason: 'full' }])
    login(2)
    expect(takeSent()).toEqual([{ port: 2, packet: ACCEPTED }])
    clock.advance(40_000)
    command(2, '')
    clock.advance(5_000)
    login(3)
    expect(takeSent().at(-1)).toEqual({ port: 3, packet: ACCEPTED })
    expect(server.peers.map(({ port }) => port)).toEqual([2, 3])
  })

  it('checks ten wrong passwords from an address, and then not even the right one', async () => {
    const { clock, login, takeSent, eventsOf } = await start()
    for (let port = 1; port <= 12; port++) login(port, 'wrong')
    expect(takeSent()).toHaveLength(10)
    login(20)
    expect(takeSent()).toEqual([])
    expect(eventsOf('ignored')).toHaveLength(3)
    clock.advance(59_999)
    login(20)
    expect(takeSent()).toEqual([])
    clock.advance(1)
    login(20)
    expect(takeSent()).toEqual([{ port: 20, packet: ACCEPTED }])
  })

  it('delays no other address, and no peer that is logged in, because of wrong passwords', async () => {
    const { login, command, takeSent } = await start()
    login(1)
    for (let port = 2; port <= 30; port++) login(port, 'wrong')
    takeSent()
    login(1)
    login(1, 'hunter2', '192.0.2.2')
    command(1, 'players')
    await nextTurn()
    expect(takeSent().map(({ packet }) => packet)).toMatchObject([ACCEPTED, ACCEPTED, { type: 'response' }])
  })

  it('changes the password at once; peers stay logged in, and can log in again with the new one', async () => {
    const { server, login, command, takeSent, events } = await start({ maxPeers: 3 })
    login(1)
    login(2)
    server.setPassword('correct horse')
    takeSent()
    login(3)
    login(3, 'correct horse')
    login(1)
    login(2, 'correct horse')
    command(1, 'version')
    await nextTurn()
    expect(takeSent().map(({ port, packet }) => [port, packet])).toMatchObject([
      [3, REFUSED],
      [3, ACCEPTED],
      [1, ACCEPTED],
      [2, ACCEPTED],
      [1, { type: 'response' }],
    ])
    expect(server.peers.map(({ id, port }) => [id, port])).toEqual([
      [1, 1],
      [3, 3],
      [4, 2],
    ])
    expect(events.filter(({ type }) => type === 'forgotten')).toMatchObject([
      { peer: { id: 2 }, reason: 'replaced' },
    ])
  })
})

describe('commands', () => {
  it('passes a command to the handler and its reply to the peer, at once or later', async () => {
    const seen: unknown[] = []
    const { login, command, takeSent, server } = await start({
      onCommand: async (text, peer) => {
        seen.push([text, peer])
        await nextTurn()
        return 'привет'
      },
    })
    login(1)
    takeSent()
    command(1, 'say -1 привет', 7)
    await nextTurn()
    await nextTurn()
    expect(seen).toEqual([['say -1 привет', server.peers[0]]])
    expect(takeSent()).toEqual([
      { port: 1, packet: { type: 'response', sequence: 7, bytes: encodeText('привет') } },
    ])
  })

  it('answers keep-alives by itself', async () => {
    const seen: string[] = []
    const { login, command, takeSent } = await start({
      onCommand: (text) => {
        seen.push(text)
        return 'never'
      },
    })
    login(1)
    takeSent()
    command(1, '', 9)
    expect(takeSent()[0]?.packet).toEqual({ type: 'response', sequence: 9, bytes: new Uint8Array() })
    expect(seen).toEqual([])
  })

  it('decodes commands that are not UTF-8', async () => {
    const { login, network, takeSent } = await start()
    login(1)
    takeSent()
    const datagram = encodeClientPacket({ type: 'command', sequence: 0, bytes: Uint8Array.of(0x6b, 0xe9) })
    network.deliver(datagram, { address: '192.0.2.1', port: 1 })
    await nextTurn()
    const [answer] = takeSent()
    expect(answer?.packet.type === 'response' && decodeText(answer.packet.bytes)).toBe('did ké')
  })

  it.each<[string, () => string | Promise<string>, string]>([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
      'broken',
    ],
    ['rejects', () => Promise.reject(new Error('broken')), 'broken'],
    [
      'returns no text',
      () => undefined as unknown as string,
      'reply must be a string or a Uint8Array, but is undefined',
    ],
    ['returns more than 255 parts', () => 'x'.repeat(255 * 65_495 + 1), 'A reply of 16701226 bytes'],
  ])('reports a handler that %s, sends no reply, and continues', async (_, fail, message) => {
    const { login, command, takeSent, eventsOf, server } = await start({
      onCommand: (text) => (text === 'bad' ? fail() : 'good'),
    })
    login(1)
    takeSent()
    command(1, 'bad', 0)
    command(1, 'fine', 1)
    await nextTurn()
    expect(takeSent().map(({ packet }) => packet)).toEqual([
      { type: 'response', sequence: 1, bytes: encodeText('good') },
    ])
    expect(eventsOf('error')).toMatchObject([
      { command: 'bad', peer: server.peers[0], error: { message: expect.stringContaining(message) } },
    ])
  })

  it('neither answers strangers nor passes their commands to the handler', async () => {
    const { command, acknowledge, network, takeSent, events } = await start()
    command(1, 'players')
    acknowledge(1, 0)
    network.deliver(Uint8Array.of(1, 2, 3), { address: '192.0.2.1', port: 1 })
    await nextTurn()
    expect(takeSent()).toEqual([])
    expect(events).toMatchObject([
      { type: 'ignored', reason: 'not-logged-in' },
      { type: 'ignored', reason: 'not-logged-in' },
      { type: 'malformed', port: 1, problem: 'too-short', length: 3 },
    ])
  })
})

describe('messages', () => {
  it('sends a message to everybody, again until it is acknowledged (P8)', async () => {
    const { clock, server, login, acknowledge, takeSent } = await start()
    login(1)
    login(2)
    takeSent()
    expect(server.broadcast('Player #0 Ann disconnected')).toBe(2)
    const bytes = encodeText('Player #0 Ann disconnected')
    const packet = { type: 'message', sequence: 0, bytes }
    expect(takeSent()).toEqual([
      { port: 1, packet },
      { port: 2, packet },
    ])
    acknowledge(1, 0)
    clock.advance(2_000)
    expect(takeSent()).toEqual([{ port: 2, packet }])
  })

  it('sends a message to one peer, and none to one that is gone', async () => {
    const { server, login, takeSent } = await start()
    login(1)
    login(2)
    takeSent()
    const [peer] = server.peers
    if (peer === undefined) throw new Error('nobody is logged in')
    expect(server.send(peer, Uint8Array.of(0xe9))).toBe(true)
    expect(takeSent()).toMatchObject([{ port: 1, packet: { bytes: Uint8Array.of(0xe9) } }])
    expect(server.disconnect(peer)).toBe(true)
    expect(server.disconnect(peer)).toBe(false)
    expect(server.send(peer, 'late')).toBe(false)
    login(1)
    expect(server.send(peer, 'to another login')).toBe(false)
  })
})
