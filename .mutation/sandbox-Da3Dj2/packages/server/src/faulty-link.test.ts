// @ts-nocheck
import { ClientSession, encodeText } from '@bercon/protocol'
import type { LinkOptions } from '@bercon/protocol/link'
import { VirtualClock } from '@bercon/protocol/testing'
import { expect, it } from 'vitest'
import type { Endpoint } from './bound-socket.js'
import { MemoryNetwork } from './memory-network.js'
import { RconServer } from './rcon-server.js'

async function serve(link: Partial<LinkOptions>) {
  const clock = new VirtualClock()
  const sent: { readonly at: number; readonly to: Endpoint; readonly datagram: Uint8Array }[] = []
  const network = new MemoryNetwork((datagram, to) => sent.push({ at: clock.now(), to, datagram }))
  const malformed: number[] = []
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: (command) => command,
    onEvent: (event) => event.type === 'malformed' && malformed.push(event.port),
    clock,
    openSocket: network.openSocket,
    network: link,
  })
  await server.listen()
  return {
    clock,
    sent,
    network,
    server,
    /** The ports that malformed datagrams came from since the last call. */
    takeMalformed: () => malformed.splice(0),
  }
}

const LOGIN = Uint8Array.from(Buffer.from('4245cd3b6d15ff0068756e74657232', 'hex'))
const peer = (port: number): Endpoint => ({ address: '192.0.2.1', port })

it('delays in both directions, for each peer separately', async () => {
  const { clock, sent, network } = await serve({ minDelayMs: 30, maxDelayMs: 30 })
  network.deliver(LOGIN, peer(1))
  clock.advance(10)
  network.deliver(LOGIN, peer(2))
  clock.advance(1_000)
  expect(sent.map(({ at, to }) => [at, to.port])).toEqual([
    [60, 1],
    [70, 2],
  ])
})

it('answers at once over a link without delay', async () => {
  const { sent, network } = await serve({})
  network.deliver(LOGIN, peer(1))
  expect(sent).toHaveLength(1)
})

it('loses about the configured share, and the same datagrams with the same seed', async () => {
  const runs = await Promise.all(
    [1, 1, undefined, 4].map(async (seed) => {
      const { sent, network } = await serve({ loss: 0.3, seed } as Partial<LinkOptions>)
      for (let port = 1; port <= 2_000; port++) network.deliver(LOGIN, peer(port % 50))
      return sent.map(({ to }) => to.port)
    }),
  )
  expect(runs[0]).toEqual(runs[1])
  // The same as omitted, which means 1.
  expect(runs[0]).toEqual(runs[2])
  expect(runs[0]).not.toEqual(runs[3])
  // Seven tenths of seven tenths, four standard deviations wide.
  expect(Math.abs((runs[0]?.length ?? 0) - 980)).toBeLessThan(90)
})

it('brings a client through loss, repeats, reordering and corruption', async () => {
  const { clock, sent, network } = await serve({
    loss: 0.2,
    repeat: 0.2,
    reorder: 0.2,
    corrupt: 0.1,
    minDelayMs: 5,
    maxDelayMs: 40,
  })
  const client = new ClientSession()
  client.login(encodeText('hunter2'), clock.now())
  for (let number = 0; number < 50; number++)
    client.sendCommand(encodeText(`command ${number}`), { resend: true }, clock.now())
  const replies: string[] = []
  for (let ms = 0; ms < 60_000 && replies.length < 50; ms++) {
    for (const datagram of client.takeDatagrams()) network.deliver(datagram, peer(1))
    // Handlers answer after a while.
    await Promise.resolve()
    clock.advance(1)
    await Promise.resolve()
    for (const { datagram } of sent.splice(0)) client.receive(datagram, clock.now())
    if ((client.nextTimeout() ?? Number.POSITIVE_INFINITY) <= clock.now()) client.handleTimeout(clock.now())
    for (const event of client.takeEvents())
      if (event.type === 'reply') replies.push(new TextDecoder().decode(event.bytes))
  }
  expect(replies.filter((text) => text !== '').sort()).toEqual(
    Array.from({ length: 50 }, (_, number) => `command ${number}`).sort(),
  )
})

it.each([undefined, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31 - 1])(
  'has a link for everybody with the seed %s',
  async (seed) => {
    const { sent, network } = await serve({ seed } as Partial<LinkOptions>)
    for (let port = 1; port <= 3; port++) network.deliver(LOGIN, peer(port))
    expect(sent.map(({ to }) => to.port)).toEqual([1, 2, 3])
  },
)

it('keeps a limited number of links for strangers, and no timer when closed', async () => {
  const { clock, sent, network, server } = await serve({ minDelayMs: 10 })
  for (let port = 1; port <= 5_000; port++) network.deliver(LOGIN, peer(port))
  clock.advance(10)
  // Those before the last 2,064 were removed with their datagrams in transit; 64 of the rest got in.
  expect(server.peers).toHaveLength(64)
  expect(Math.min(...server.peers.map(({ port }) => port))).toBeGreaterThan(2_936)
  network.deliver(LOGIN, peer(3_001))
  await server.close()
  expect(clock.timers).toBe(0)
  clock.advance(1_000)
  expect(sent).toEqual([])
})

const garbage = (bytes: number) => new Uint8Array(bytes)

it('removes no link of a peer, regardless of the number of strangers', async () => {
  const { clock, sent, network, server } = await serve({ minDelayMs: 10 })
  network.deliver(LOGIN, peer(1))
  clock.advance(20)
  sent.splice(0)
  server.broadcast('hello')
  for (let port = 2; port <= 5_000; port++) network.deliver(garbage(1), peer(port))
  clock.advance(10)
  expect(sent.map(({ to }) => to.port)).toEqual([1])
})

it('first removes the stranger’s link that has been unused for longest', async () => {
  const { clock, network, server } = await serve({ minDelayMs: 10 })
  network.deliver(garbage(1), peer(1))
  for (let port = 2; port <= 1_000; port++) network.deliver(garbage(1), peer(port))
  network.deliver(LOGIN, peer(1))
  for (let port = 1_001; port <= 2_500; port++) network.deliver(garbage(1), peer(port))
  clock.advance(10)
  expect(server.peers).toMatchObject([{ port: 1 }])
})

const MIB = 1024 * 1024

it('holds 16 MiB for all strangers together, and more once they have arrived', async () => {
  const { clock, network, takeMalformed } = await serve({ minDelayMs: 10, repeat: 0.5, corrupt: 1 })
  const rounds = Array.from({ length: 3 }, () => {
    for (let port = 1; port <= 500; port++) network.deliver(garbage(60_000), peer(port))
    clock.advance(10)
    return takeMalformed().length * 60_000
  })
  expect(Math.max(...rounds)).toBeLessThanOrEqual(16 * MIB)
  expect(Math.min(...rounds)).toBeGreaterThan(15 * MIB)
})

it('counts the memory of small datagrams', async () => {
  const { clock, network, takeMalformed } = await serve({ minDelayMs: 10 })
  for (let number = 0; number < 70_000; number++) network.deliver(garbage(1), peer(1 + (number % 200)))
  clock.advance(10)
  expect(takeMalformed().length).toBe(Math.floor((16 * MIB) / 257) - 1)
})

it('holds nothing for a removed link', async () => {
  const { clock, network, takeMalformed } = await serve({ minDelayMs: 10 })
  for (let port = 1; port <= 6_000; port++) network.deliver(garbage(4_000), peer(port))
  clock.advance(10)
  expect(takeMalformed()).toHaveLength(2_064)
})
