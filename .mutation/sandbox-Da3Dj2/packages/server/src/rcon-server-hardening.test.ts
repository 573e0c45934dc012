// @ts-nocheck
// Deliberate attacks of peers and strangers on a server, one per test.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ClientPacket, decodeServerPacket, encodeClientPacket, encodeText } from '@bercon/protocol'
import { VirtualClock } from '@bercon/protocol/testing'
import { describe, expect, it } from 'vitest'
import type { Endpoint } from './bound-socket.js'
import { MemoryNetwork } from './memory-network.js'
import { RconServer } from './rcon-server.js'
import type { RconServerEvent } from './server-event.js'
import type { RconServerOptions } from './server-options.js'

interface Sent {
  readonly to: Endpoint
  readonly datagram: Uint8Array
}

async function start(options: Partial<RconServerOptions> = {}, onSend: (sent: Sent) => void = () => {}) {
  const clock = new VirtualClock()
  const events: RconServerEvent[] = []
  const sent: Sent[] = []
  const network = new MemoryNetwork((datagram, to) => {
    sent.push({ datagram, to })
    onSend({ datagram, to })
  })
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: (command) => command,
    onEvent: (event) => events.push(event),
    clock,
    openSocket: network.openSocket,
    ...options,
  })
  await server.listen()
  const deliver = (packet: ClientPacket, port: number) => {
    const datagram = encodeClientPacket(packet)
    network.deliver(datagram, { address: '192.0.2.1', port })
    return datagram.length
  }
  return {
    clock,
    events,
    network,
    server,
    deliver,
    login: (port: number, password = 'hunter2') =>
      deliver({ type: 'login', bytes: encodeText(password) }, port),
    command: (port: number, text: string, sequence = 0) =>
      deliver({ type: 'command', sequence: sequence % 256, bytes: encodeText(text) }, port),
    takeSent: () => sent.splice(0),
    /** The datagrams sent since the last call. */
    takePackets: () => sent.splice(0).map(({ datagram }) => decodeServerPacket(datagram)),
  }
}

const ACCEPTED = { type: 'login', accepted: true }
const REFUSED = { type: 'login', accepted: false }

describe('commands without an answer', () => {
  it.each<[string, (number: number) => string | Promise<string>]>([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['returns no text', () => undefined as never],
    ['returns too much', (number) => (number < 290 ? (5 as never) : 'x'.repeat(255 * 65_495 + 1))],
  ])('300 of them, from a handler that %s, do not affect the peer', async (_, fail) => {
    const { login, command, takePackets, events } = await start({
      onCommand: (text) => (text === 'fine' ? 'good' : fail(Number(text))),
    })
    login(1)
    for (let number = 0; number < 300; number++) {
      command(1, String(number), number)
      if (number % 100 === 99) await nextTurn()
    }
    takePackets()
    command(1, '', 1)
    command(1, 'fine', 2)
    await nextTurn()
    expect(takePackets()).toEqual([
      { type: 'response', sequence: 1, bytes: new Uint8Array() },
      { type: 'response', sequence: 2, bytes: encodeText('good') },
    ])
    expect(events.filter(({ type }) => type === 'error')).toHaveLength(300)
  })

  it('executes 256 of a flood whose handler never settles, and still answers keep-alives', async () => {
    let executed = 0
    const { clock, login, command, takePackets, server } = await start({
      onCommand: () => {
        executed++
        return new Promise(() => {})
      },
    })
    login(1)
    for (let number = 0; number < 10_000; number++) command(1, `command ${number}`, number)
    takePackets()
    for (const sequence of [0, 1, 2]) {
      clock.advance(40_000)
      command(1, '', sequence)
      expect(takePackets()).toEqual([{ type: 'response', sequence, bytes: new Uint8Array() }])
    }
    expect(executed).toBe(256)
    expect(server.peers).toHaveLength(1)
  })
})

describe('guessing', () => {
  it('checks ten wrong passwords of a peer that is logged in, and answers only those', async () => {
    const { login, command, takePackets, events, server } = await start()
    login(1)
    for (let number = 0; number < 50; number++) login(1, `guess ${number}`)
    expect(takePackets()).toEqual([ACCEPTED, ...Array(10).fill(REFUSED)])
    expect(events.filter(({ type }) => type === 'refused')).toHaveLength(10)
    expect(events.filter(({ type }) => type === 'ignored')).toHaveLength(40)
    login(1)
    command(1, 'players')
    await nextTurn()
    expect(takePackets()).toMatchObject([ACCEPTED, { type: 'response' }])
    expect(server.peers).toMatchObject([{ id: 1 }])
  })

  it('does not count the earlier password of the peer that logged in with it', async () => {
    const { login, takePackets, events, server } = await start()
    login(1)
    server.setPassword('correct horse')
    for (let number = 0; number < 20; number++) login(1)
    login(2, 'correct horse')
    expect(takePackets()).toEqual(Array(22).fill(ACCEPTED))
    expect(events.map(({ type }) => type)).toEqual(['login', 'login'])
  })

  it('counts a peer’s guesses of the next password', async () => {
    const { login, takePackets, server } = await start()
    login(1)
    server.setPassword('correct horse')
    for (let number = 0; number < 20; number++) login(1, `guess ${number}`)
    login(1, 'correct horse')
    expect(takePackets()).toEqual([ACCEPTED, ...Array(10).fill(REFUSED)])
    expect(server.peers).toMatchObject([{ id: 1 }])
  })
})

describe('spoofed sources', () => {
  it('never receive more bytes than were sent in their name, nor more than ten answers a minute', async () => {
    const { login, command, takeSent, network } = await start()
    let forged = 0
    for (let port = 1; port <= 500; port++) {
      forged = Math.max(forged, login(port, 'x'))
      command(port, 'players')
      network.deliver(new Uint8Array(1_400), { address: '192.0.2.1', port })
    }
    const answers = takeSent()
    expect(answers).toHaveLength(10)
    expect(Math.max(...answers.map(({ datagram }) => datagram.length))).toBeLessThanOrEqual(forged)
  })

  it('cost no peer its login', async () => {
    const { clock, login, command, deliver, network, takePackets, server } = await start()
    login(1)
    for (let number = 0; number < 1_000; number++) {
      login(1, `forged ${number}`)
      deliver({ type: 'acknowledgement', sequence: number % 256 }, 1)
      network.deliver(new Uint8Array(number), { address: '192.0.2.1', port: 1 })
    }
    clock.advance(30_000)
    takePackets()
    command(1, 'players')
    await nextTurn()
    expect(takePackets()).toMatchObject([{ type: 'response' }])
    expect(server.peers).toMatchObject([{ id: 1 }])
  })
})

describe('slow readers', () => {
  it('lose messages themselves, stay logged in, and delay nobody else', async () => {
    const [fast, slow] = [1, 2]
    const received = new Map<number, Set<string>>([
      [fast, new Set()],
      [slow, new Set()],
    ])
    const late: { readonly at: number; readonly sequence: number }[] = []
    const { clock, login, command, deliver, events, server } = await start(
      { maxQueuedMessages: 100 },
      ({ datagram, to: { port } }) => {
        const packet = decodeServerPacket(datagram)
        if (packet.type !== 'message') return
        const { sequence, bytes } = packet
        received.get(port)?.add(bytes.join())
        if (port === fast) deliver({ type: 'acknowledgement', sequence }, port)
        else late.push({ at: clock.now() + 4_000, sequence })
      },
    )
    login(fast)
    login(slow)
    for (let number = 0; number < 6_000; number++) {
      server.broadcast(`line ${number}`)
      clock.advance(10)
      if (number % 4_000 === 0) for (const port of [fast, slow]) command(port, '')
      while (late[0] !== undefined && late[0].at <= clock.now())
        deliver({ type: 'acknowledgement', sequence: late.shift()?.sequence as number }, slow)
    }
    const dropped = events.filter((event) => event.type === 'messageDropped')
    expect(received.get(fast)?.size).toBe(6_000)
    expect(new Set(dropped.map(({ peer }) => peer.port))).toEqual(new Set([slow]))
    // 65 sent for four seconds each time, of those that arrived in that time.
    expect(received.get(slow)?.size).toBeGreaterThan(900)
    expect(dropped.length + (received.get(slow)?.size ?? 0)).toBeGreaterThanOrEqual(6_000 - 100)
    expect(server.peers.map(({ port }) => port)).toEqual([fast, slow])
  })

  it('that never acknowledge get at most 65 messages and 1 MiB in memory, and are forgotten after ten seconds (P9)', async () => {
    const { clock, login, command, events, server } = await start()
    login(1)
    const bytes = new Uint8Array(60_000)
    const taken = Array.from({ length: 300 }, () => server.broadcast(bytes)).filter((count) => count === 1)
    expect(taken).toHaveLength(65 + Math.floor((1024 * 1024) / bytes.length))
    clock.advance(9_999)
    command(1, '')
    expect(server.peers).toHaveLength(1)
    clock.advance(1)
    expect(server.peers).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'forgotten', reason: 'unacknowledged' })
    expect(clock.timers).toBe(0)
  })
})
