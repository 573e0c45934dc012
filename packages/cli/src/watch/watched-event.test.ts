import { AsyncRconClient } from '@bercon/client'
import { type MemorySocket, MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork } from '@bercon/server'
import { GameWorld, SimulatorServer } from '@bercon/simulator'
import { expect, it } from 'vitest'
import { RUNS_ON } from '../server/connected.js'
import { eventFilter } from './event-names.js'
import { type WatchedEvent, watchEvents } from './watched-event.js'

const ADDRESS = '192.0.2.10'
const EPOCH = Date.UTC(2026, 0, 1)

/** A server and what `watch` tells of it, in virtual time; while `isLosing`, nothing from the server arrives. */
async function watched() {
  const link = { isLosing: false }
  const clock = new VirtualClock(EPOCH)
  const backs = new Map<number, (datagram: Uint8Array) => void>()
  const network = new MemoryNetwork((datagram, { port }) => {
    if (!link.isLosing) backs.get(port)?.(datagram)
  })
  const server = new SimulatorServer({
    password: 'hunter2',
    world: new GameWorld({ bots: false }),
    clock,
    openSocket: network.openSocket,
  })
  await server.listen()
  const peer = {
    onDatagram: (datagram: Uint8Array, { address, port, deliver }: MemorySocket) => {
      backs.set(port, deliver)
      network.deliver(datagram, { address, port })
    },
  }
  const transport = new MemoryTransport(clock, new Map([[ADDRESS, peer]]))
  const client = new AsyncRconClient({ ...RUNS_ON, clock, transport })
  const events: WatchedEvent[] = []
  watchEvents(client, (event) => events.push(event))
  const connecting = client.connect(ADDRESS, 2306, 'hunter2')
  await clock.run(1_000)
  await connecting
  const close = async () => {
    await client.close()
    await server.close()
  }
  return { clock, server, events, link, close }
}

it('names a time that every missing line was told in, when the server restarts', async () => {
  const { clock, server, events, link, close } = await watched()
  const toldAt: number[] = []
  const tellUntil = async (second: number) => {
    while (clock.now() < second * 1_000) {
      const number = toldAt.push(clock.wallNow()) - 1
      server.world.emit(`line ${number}`)
      await clock.run(250)
    }
  }
  await tellUntil(30)
  // Lost on the way, they would have been told again, had the server lived on; the next ones arrive.
  link.isLosing = true
  await tellUntil(31)
  link.isLosing = false
  await tellUntil(32)
  const wentAt = clock.wallNow()
  server.crash()
  await tellUntil(35)
  server.revive()
  await tellUntil(90)
  await close()

  const heard = events.filter(({ type }) => type === 'unknownMessage').map(({ raw }) => raw)
  expect(new Set(heard).size).toBe(heard.length)
  const missed = toldAt.filter((_at, number) => !heard.includes(`line ${number}`))
  const gaps = events.filter(({ type }) => type === 'gap')
  expect(gaps).toHaveLength(1)
  const [{ from: begin, to: end }] = gaps as [WatchedEvent]
  const [from, to] = [Date.parse(String(begin)), Date.parse(String(end))]
  expect(missed.filter((at) => at < wentAt)).not.toEqual([])
  expect(missed.filter((at) => at < from || at > to)).toEqual([])
  expect(toldAt.filter((at) => at > to)).not.toEqual([])
  const types = events.map(({ type }) => type).filter((type) => type !== 'unknownMessage')
  const [login, again] = [
    ['connect', 'adminLogin'],
    ['gap', 'connect', 'adminLogin'],
  ]
  expect(types).toEqual([...login, 'disconnect', 'reconnecting', ...again, 'disconnect'])
})

it('notices within 26 s that the server has gone, though nothing is asked of it', async () => {
  const { clock, server, events, close } = await watched()
  await clock.run(60_000)
  const wentAt = clock.wallNow()
  server.crash()
  await clock.run(26_000)
  await close()
  const [lost] = events.filter(({ type }) => type === 'disconnect')
  expect(lost).toMatchObject({ reason: 'forgotten' })
  expect(Date.parse(String(lost?.at))).toBeGreaterThan(wentAt + 15_000)
})

const ofThese = (only?: string) =>
  ['playerMessage', 'playerConnect', 'disconnect', 'gap'].filter((type) => eventFilter(only)({ type }))

it('--only lets through what it names, and a gap always', () => {
  expect(ofThese()).toEqual(['playerMessage', 'playerConnect', 'disconnect', 'gap'])
  expect(ofThese('playerConnect, disconnect')).toEqual(['playerConnect', 'disconnect', 'gap'])
})

it('an event that there is not is refused', () => {
  expect(() => eventFilter('playerMessage,chat')).toThrow('there is no event "chat"; there are adminLogin')
})
