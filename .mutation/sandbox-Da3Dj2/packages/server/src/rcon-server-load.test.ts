// @ts-nocheck
import { encodeClientPacket, encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { VirtualClock } from '@bercon/protocol/testing'
import { expect, it } from 'vitest'
import type { Endpoint } from './bound-socket.js'
import { MemoryNetwork } from './memory-network.js'
import { RconServer } from './rcon-server.js'
import type { RconServerEvent } from './server-event.js'

const LOGIN = encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') })
const WRONG = encodeClientPacket({ type: 'login', bytes: encodeText('wrong') })
const KEEP_ALIVE = encodeClientPacket({ type: 'command', sequence: 0, bytes: new Uint8Array() })
const MESSAGE_TYPE = 2

const endpoint = (host: number): Endpoint => ({
  address: `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`,
  port: 2304,
})

async function serve(onSend: (datagram: Uint8Array, to: Endpoint) => void) {
  const clock = new VirtualClock()
  const counts: Partial<Record<RconServerEvent['type'], number>> = {}
  const network = new MemoryNetwork(onSend)
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: () => '',
    onEvent: ({ type }) => {
      counts[type] = (counts[type] ?? 0) + 1
    },
    maxPeers: 1_000,
    maxQueuedMessages: 100,
    clock,
    openSocket: network.openSocket,
  })
  await server.listen()
  return { clock, counts, network, server }
}

it('serves a thousand peers with one timer, and sends each every message', async () => {
  const received = new Map<string, number>()
  const { clock, network, server, counts } = await serve((datagram, to) => {
    if (datagram[7] !== MESSAGE_TYPE) return
    received.set(to.address, (received.get(to.address) ?? 0) + 1)
    const acknowledgement = encodeClientPacket({ type: 'acknowledgement', sequence: datagram[8] as number })
    queueMicrotask(() => network.deliver(acknowledgement, to))
  })
  for (let host = 0; host < 1_000; host++) network.deliver(LOGIN, endpoint(host))
  for (let minute = 0; minute < 30; minute++) {
    for (let host = 0; host < 1_000; host++) network.deliver(KEEP_ALIVE, endpoint(host))
    expect(server.broadcast(`minute ${minute}`)).toBe(1_000)
    await Promise.resolve()
    clock.advance(40_000)
    expect(clock.timers).toBe(1)
  }
  expect(received.size).toBe(1_000)
  expect(new Set(received.values())).toEqual(new Set([30]))
  expect(counts).toEqual({ login: 1_000 })
})

it('holds a limited number of messages for peers that never acknowledge, and forgets them', async () => {
  const { clock, network, server, counts } = await serve(() => {})
  for (let host = 0; host < 1_000; host++) network.deliver(LOGIN, endpoint(host))
  let taken = 0
  for (let number = 0; number < 300; number++) taken += server.broadcast(`line ${number}`)
  expect(taken).toBe(1_000 * (65 + 100))
  expect(counts.messageDropped).toBe(1_000 * (300 - 165))
  clock.advance(10_000)
  expect(counts.forgotten).toBe(1_000)
  expect(server.peers).toEqual([])
  expect(clock.timers).toBe(0)
})

it('survives a million hostile bytes from everywhere, without keeping a peer or a timer', async () => {
  const answered: number[] = []
  const { clock, network, server, counts } = await serve((datagram) => answered.push(datagram.length))
  const random = createRandom(7)
  for (let host = 0; host < 20_000; host++) {
    const garbage = Uint8Array.from({ length: Math.floor(random() * 64) }, () => Math.floor(random() * 256))
    network.deliver(garbage, endpoint(host))
    network.deliver(KEEP_ALIVE, endpoint(host))
    network.deliver(LOGIN.subarray(0, host % LOGIN.length), endpoint(host))
    network.deliver(WRONG, endpoint(host % 1_000))
  }
  expect(answered).toHaveLength(1_000 * 10)
  expect(counts).toEqual({ malformed: 40_000, ignored: 20_000 + 10_000, refused: 10_000 })
  expect(server.peers).toEqual([])
  expect(clock.timers).toBe(0)
  network.deliver(LOGIN, endpoint(50_000))
  expect(server.peers).toHaveLength(1)
})
