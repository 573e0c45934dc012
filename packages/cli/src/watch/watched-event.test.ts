import { AsyncRconClient } from '@bercon/client'
import { type MemorySocket, MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork } from '@bercon/server'
import { GameWorld, SimulatorServer } from '@bercon/simulator'
import { expect, it, vi } from 'vitest'
import { paletteFor } from '../output/colors.js'
import { RUNS_ON } from '../server/connected.js'
import { eventFilter } from './event-names.js'
import { shownEvent } from './shown-event.js'
import { type WatchedEvent, watchEvents } from './watched-event.js'

const ADDRESS = '192.0.2.10'
const EPOCH = Date.UTC(2026, 0, 1)

/** A server and the output of `watch`, in virtual time; while `isLosing`, no datagram of the server arrives. */
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
  return { clock, server, client, events, link, close }
}

it('reports a gap that contains every missing line when the server restarts', async () => {
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
  // Lost in transit, they would have been repeated if the server had kept running; the next ones arrive.
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

  const heard = events.flatMap((event) => (event.type === 'unknownMessage' ? [event.raw] : []))
  expect(new Set(heard).size).toBe(heard.length)
  const missed = toldAt.filter((_at, number) => !heard.includes(`line ${number}`))
  const gaps = events.flatMap((event) => (event.type === 'gap' ? [[event.from, event.to]] : []))
  expect(gaps).toHaveLength(1)
  const [from = 0, to = 0] = gaps.flat().map(Date.parse)
  expect(missed.filter((at) => at < wentAt)).not.toEqual([])
  expect(missed.filter((at) => at < from || at > to)).toEqual([])
  expect(toldAt.filter((at) => at > to)).not.toEqual([])
  const types = events.map(({ type }) => type).filter((type) => type !== 'unknownMessage')
  const [login, again] = [
    ['connect', 'adminLogin'],
    ['gap', 'connect', 'adminLogin'],
  ]
  expect(types).toEqual([...login, 'unresponsive', 'disconnect', 'reconnecting', ...again, 'disconnect'])
})

it('detects within 20 s that the server is gone, without sending commands', async () => {
  const { clock, server, events, close } = await watched()
  await clock.run(60_000)
  const wentAt = clock.wallNow()
  server.crash()
  await clock.run(20_000)
  await close()
  const [lost] = events.filter(({ type }) => type === 'disconnect')
  expect(lost).toMatchObject({ reason: 'forgotten' })
  expect(Date.parse(String(lost?.at))).toBeGreaterThan(wentAt + 10_000)
})

it('shows an error outside the stream as its event, without a warning', async () => {
  const warned = vi.spyOn(process, 'emitWarning')
  const { clock, server, client, events, close } = await watched()
  client.listen('unknownMessage', () => {
    throw new Error('no room \u001b[2J')
  })
  server.world.emit('a line')
  await clock.run(1_000)
  await close()
  const [error] = events.filter(({ type }) => type === 'error')
  expect(error).toEqual({
    type: 'error',
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    during: 'unknownMessage',
    code: undefined,
    message: 'no room \u001b[2J',
  })
  expect(error && shownEvent(error, paletteFor({})).text).toBe('failed during "unknownMessage": no room ␛[2J')
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
})

const ofThese = (only?: string) =>
  ['playerMessage', 'playerConnect', 'disconnect', 'gap', 'error'].filter((type) =>
    eventFilter(only)({ type }),
  )

it('--only selects events, but always shows gaps and errors', () => {
  expect(ofThese()).toEqual(['playerMessage', 'playerConnect', 'disconnect', 'gap', 'error'])
  expect(ofThese('playerConnect, disconnect')).toEqual(['playerConnect', 'disconnect', 'gap', 'error'])
})

it('an unknown event is refused', () => {
  expect(() => eventFilter('playerMessage,chat')).toThrow(
    'there is no event "chat"; the events are adminLogin',
  )
})
