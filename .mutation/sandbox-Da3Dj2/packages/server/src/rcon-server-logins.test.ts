// @ts-nocheck
// Logins as clients of other authors make them: from the same port again, in a row, without logging out.
import {
  type ClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeText,
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
  const sent: { port: number; text: string }[] = []
  const network = new MemoryNetwork((datagram, { port }) => {
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'login') sent.push({ port, text: packet.accepted ? 'accepted' : 'refused' })
    else if (packet.type !== 'malformed') sent.push({ port, text: decodeText(packet.bytes) })
  })
  const executed: string[] = []
  const server = new RconServer({
    password: 'hunter2',
    onCommand: (command, peer) => {
      executed.push(`${peer.id}: ${command}`)
      return `did ${command}`
    },
    onEvent: (event) => events.push(event),
    clock,
    openSocket: network.openSocket,
    ...options,
  })
  await server.listen()
  const deliver = (packet: ClientPacket, port: number, address: string) =>
    network.deliver(encodeClientPacket(packet), { address, port })
  return {
    clock,
    events,
    executed,
    server,
    login: (port: number, address = '192.0.2.1', password = 'hunter2') =>
      deliver({ type: 'login', bytes: encodeText(password) }, port, address),
    command: (port: number, text: string, sequence = 0, address = '192.0.2.1') =>
      deliver({ type: 'command', sequence, bytes: encodeText(text) }, port, address),
    acknowledge: (port: number, sequence: number, address = '192.0.2.1') =>
      deliver({ type: 'acknowledgement', sequence }, port, address),
    /** The datagrams sent to a port since the last call. */
    takeSent: (port: number) => {
      const all = sent.splice(0)
      return all.filter((one) => one.port === port).map(({ text }) => text)
    },
  }
}

describe('the line of a login (W2)', () => {
  it('is the first message of the new peer, before any from a listener, and is sent to everybody', async () => {
    const { login, takeSent, server } = await start({
      onEvent: (event) => event.type === 'login' && server.send(event.peer, 'welcome'),
    })
    login(1024)
    expect(takeSent(1024)).toEqual(['accepted', 'RCon admin #0 (192.0.2.1:1024) logged in', 'welcome'])
    login(1025, '2001:db8::1')
    expect(takeSent(1024)).toEqual(['RCon admin #1 ([2001:db8::1]:1025) logged in'])
  })

  it('has the lowest free number, which the peer has too', async () => {
    const { login, server } = await start()
    for (const port of [1, 2, 3]) login(port)
    expect(server.peers.map(({ adminId }) => adminId)).toEqual([0, 1, 2])
    server.disconnect(server.peers[1] as never)
    login(4)
    expect(server.peers.map(({ id, adminId }) => [id, adminId])).toEqual([
      [1, 0],
      [3, 2],
      [4, 1],
    ])
  })

  it('can be turned off', async () => {
    const { login, takeSent } = await start({ announceLogins: false })
    login(1)
    expect(takeSent(1)).toEqual(['accepted'])
  })
})

describe('a client that logs in again from the same port', () => {
  it('is another peer, whose commands are executed and whose login is announced', async () => {
    const { login, command, acknowledge, takeSent, executed, events, server } = await start({
      recognizeRepeats: true,
    })
    login(1)
    acknowledge(1, 0)
    command(1, 'removeBan 0')
    takeSent(1)
    login(1)
    expect(takeSent(1)).toEqual(['accepted', 'RCon admin #0 (192.0.2.1:1) logged in'])
    command(1, 'removeBan 0')
    expect(takeSent(1)).toEqual(['did removeBan 0'])
    expect(executed).toEqual(['1: removeBan 0', '2: removeBan 0'])
    expect(events).toMatchObject([
      { type: 'login', peer: { id: 1 } },
      { type: 'forgotten', peer: { id: 1 }, reason: 'replaced' },
      { type: 'login', peer: { id: 2 } },
    ])
    expect(server.peers).toMatchObject([{ id: 2, port: 1 }])
  })

  it('is answered, kept by its keep-alives and forgotten in silence, independent of its earlier login', async () => {
    let finish: (reply: string) => void = () => {}
    const { clock, login, command, acknowledge, takeSent, server } = await start({
      onCommand: () => new Promise((resolve) => (finish = resolve)),
    })
    login(1)
    command(1, 'slow')
    acknowledge(1, 0)
    login(1)
    acknowledge(1, 1)
    takeSent(1)
    finish('late')
    await Promise.resolve()
    clock.advance(40_000)
    command(1, '', 1)
    clock.advance(40_000)
    expect(server.peers).toHaveLength(1)
    clock.advance(5_001)
    expect(server.peers).toEqual([])
    expect(clock.timers).toBe(0)
  })
})

describe('a full server', () => {
  it('accepts the 65th of many short scripts at once', async () => {
    const { login, command, clock, takeSent, server, events } = await start()
    for (let script = 0; script < 65; script++) {
      clock.advance(10)
      login(1_000 + script)
      expect(takeSent(1_000 + script)[0]).toBe('accepted')
      command(1_000 + script, 'players')
    }
    expect(server.peers).toHaveLength(64)
    expect(events.filter(({ type }) => type === 'forgotten')).toMatchObject([
      { peer: { port: 1_000 }, reason: 'displaced' },
    ])
  })

  it('gives away the seat that has been silent for longest, of the same address first', async () => {
    const { login, command, clock, events } = await start({ maxPeers: 4 })
    const comers = [
      [1, '192.0.2.1'],
      [2, '192.0.2.1'],
      [3, '198.51.100.1'],
      [4, '198.51.100.1'],
    ] as const
    for (const [port, address] of comers) {
      clock.advance(10)
      login(port, address)
    }
    clock.advance(10)
    command(3, '', 0, '198.51.100.1')
    const displaced = () => events.flatMap((event) => (event.type === 'forgotten' ? [event.peer.port] : []))
    clock.advance(10)
    login(5, '198.51.100.1')
    expect(displaced()).toEqual([4])
    clock.advance(10)
    login(6, '203.0.113.9')
    expect(displaced()).toEqual([4, 1])
  })

  it('counts a /64 of IPv6 as one address', async () => {
    const { login, clock, events } = await start({ maxPeers: 2 })
    login(1, '192.0.2.1')
    clock.advance(10)
    login(2, '2001:db8::1')
    login(3, '2001:db8::2')
    expect(events).toMatchObject([{}, {}, { type: 'forgotten', peer: { port: 2 } }, { type: 'login' }])
  })

  it('gives no seat away for a wrong password, nor with `whenFull: ignore`', async () => {
    const displacing = await start({ maxPeers: 1 })
    displacing.login(1)
    displacing.login(2, '192.0.2.1', 'guess')
    expect(displacing.server.peers).toMatchObject([{ port: 1 }])
    const ignoring = await start({ maxPeers: 1, whenFull: 'ignore' })
    ignoring.login(1)
    ignoring.login(2)
    expect(ignoring.events.at(-1)).toMatchObject({ type: 'ignored', reason: 'full' })
  })
})
