import { settled, VirtualClock } from '@bercon/core/testing'
import { createRandom } from '@bercon/protocol/link'
import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualGame } from '../../test/virtual-game.js'
import { VirtualProcess } from '../../test/virtual-process.js'
import type { LeaseChange } from '../leases.js'
import { MemoryBus } from '../memory/memory-bus.js'
import { MemoryLeases } from '../memory/memory-leases.js'
import { MemoryServerList } from '../memory/memory-server-list.js'
import type { FleetServer } from '../server-list.js'
import { subjectsOf } from '../wire/subjects.js'
import { readReport, type WorkerReport } from '../wire/worker-report.js'
import { FleetWorker } from './fleet-worker.js'
import type { WorkerEvent } from './worker-event.js'

const LEASE_MS = 6_000
const subjects = subjectsOf('bercon')
const altis = { name: 'altis', host: '192.0.2.1', port: 2306, game: 'arma3', password: 'x' } as const

let clock: VirtualClock
let bus: MemoryBus
let leases: MemoryLeases
let servers: MemoryServerList
let game: VirtualGame
let connected: FleetServer[]
let events: WorkerEvent[]
let reports: WorkerReport[]
let hear: (change: LeaseChange) => void
let worker: FleetWorker

/** A worker that owns its only server. */
beforeEach(async () => {
  clock = new VirtualClock()
  // At 0, sums and differences with the time would be the same.
  await clock.run(100_000)
  bus = new MemoryBus(clock)
  leases = new MemoryLeases(LEASE_MS, clock)
  servers = new MemoryServerList([altis])
  game = new VirtualGame(createRandom(3))
  connected = []
  events = []
  reports = []
  bus.subscribe(subjects.worker('w1'), ({ text }) => reports.push(readReport(text) as WorkerReport))
  const process = new VirtualProcess(clock, 1, createRandom(5))
  const watch = leases.watch.bind(leases)
  leases.watch = (listener) => {
    hear = listener
    return watch(listener)
  }
  worker = new FleetWorker({
    id: 'w1',
    bus,
    leases,
    servers,
    clock,
    random: () => 0.5,
    connect: (server) => {
      connected.push(server)
      return game.connect(process)
    },
    onEvent: (event) => events.push(event),
  })
  worker.start()
  await clock.run(LEASE_MS)
})

const epoch = () => worker.owned.get('altis') ?? 0

describe('a worker', () => {
  it('takes a server only after it has listened for a third of a lease', async () => {
    expect(events).toEqual([{ type: 'taken', server: 'altis', epoch: 1 }])
    expect([game.logins, connected]).toMatchObject([1, [{ name: 'altis', port: 2306 }]])
    const begun = clock.now()
    const taken: number[] = []
    const own = new MemoryBus(clock)
    const later = new FleetWorker({
      id: 'w2',
      bus: own,
      leases,
      servers: new MemoryServerList([{ ...altis, name: 'tanoa' }]),
      clock,
      random: () => 0.5,
      connect: () => game.connect(new VirtualProcess(clock, 1, createRandom(5))),
      onEvent: ({ type }) => type === 'taken' && taken.push(clock.now() - begun),
    })
    const reportedAt: number[] = []
    own.subscribe(subjects.worker('w2'), () => reportedAt.push(clock.now() - begun))
    later.start()
    await clock.run(LEASE_MS)
    expect(reportedAt[0]).toBe(0)
    expect(taken).toEqual([LEASE_MS / 3])
    await later.stop()
  })

  it('reports each server when it takes it, when its login changes, and at intervals', async () => {
    const states = reports.flatMap((report) => report.servers.map(({ state }) => state))
    expect(states[0]).toBe('idle')
    expect(states).toContain('connected')
    reports.length = 0
    await clock.run(10 * LEASE_MS)
    const whole = reports.filter((report) => report.servers.length === 1)
    expect(whole.length).toBeGreaterThanOrEqual(29)
    expect(whole.length).toBeLessThanOrEqual(31)
  })

  it('reports what it owns when it is asked to', async () => {
    reports.length = 0
    bus.publish(subjects.who, '')
    await clock.run(LEASE_MS / 6)
    expect(reports.some(({ servers: [first] }) => first?.name === 'altis')).toBe(true)
  })

  it('reports what it gives up, and that it leaves, when it stops', async () => {
    const taken = epoch()
    reports.length = 0
    await worker.stop()
    await settled()
    expect(reports).toMatchObject([
      { released: [{ name: 'altis', epoch: taken }], owned: 0, leaves: false },
      { released: [], leaves: true },
    ])
    expect(events.at(-1)).toEqual({ type: 'ended', server: 'altis', epoch: taken, reason: 'released' })
    reports.length = 0
    await worker.stop()
    bus.publish(subjects.who, '')
    servers.put({ ...altis, name: 'tanoa' })
    await clock.run(3 * LEASE_MS)
    expect([reports, game.logins, clock.timers]).toEqual([[], 0, 0])
  })

  it('answers nobody any more once it has stopped, also who asked before', async () => {
    bus.publish(subjects.who, '')
    await settled()
    await worker.stop()
    await clock.run(LEASE_MS)
    expect(reports.at(-1)?.leaves).toBe(true)
  })

  it('ignores a report that is none', async () => {
    bus.publish(subjects.worker('w9'), 'junk')
    await clock.run(LEASE_MS)
    expect(worker.owned.size).toBe(1)
  })

  it('cannot be started twice', () => {
    expect(() => worker.start()).toThrow(
      expect.objectContaining({ argument: 'start', expected: 'called once, on a new worker' }),
    )
  })
})

describe('a server of the list', () => {
  it('that is removed is given up, logged out, and not taken again', async () => {
    servers.remove('tanoa')
    servers.remove('altis')
    await clock.run(3 * LEASE_MS)
    expect([worker.owned.size, game.logins, connected.length]).toEqual([0, 0, 1])
    expect(events.at(-1)).toMatchObject({ type: 'ended', reason: 'released' })
    servers.put(altis)
    await clock.run(LEASE_MS)
    expect([worker.owned.size, game.logins]).toEqual([1, 1])
  })

  it('that is changed is logged in anew, as the list says then', async () => {
    const before = epoch()
    servers.put({ ...altis, port: 2_400 })
    await clock.run(3 * LEASE_MS)
    expect(connected.map(({ port }) => port)).toEqual([2_306, 2_400])
    expect([game.logins, epoch() > before]).toEqual([1, true])
  })

  it('that cannot be logged in to is an error, and tried again', async () => {
    const error = new Error('no key')
    const { target } = servers
    servers.target = () => Promise.reject(error)
    servers.put({ ...altis, port: 2_400 })
    await clock.run(3 * LEASE_MS)
    expect(events).toContainEqual({ type: 'error', server: 'altis', during: 'login', error })
    expect(game.logins).toBe(0)
    servers.target = target
    await clock.run(LEASE_MS)
    expect(game.logins).toBe(1)
  })
})

describe('a lease that is said to be another’s', () => {
  const heldBy = (owner: string, at: number): LeaseChange => ({
    type: 'held',
    lease: { server: 'altis', owner, epoch: at },
  })

  it('is lost at once if it is a later one, and so is the login', async () => {
    const before = epoch()
    hear(heldBy('w2', before + 1))
    expect([worker.owned.size, events.at(-1)]).toEqual([
      0,
      { type: 'ended', server: 'altis', epoch: before, reason: 'lost' },
    ])
    await settled()
    expect([reports.at(-1), game.logins]).toMatchObject([{ released: [{ name: 'altis', epoch: before }] }, 0])
  })

  it.each([
    ['an earlier one', 'w2', -1],
    ['this one', 'w2', 0],
    ['its own', 'w1', 1],
  ])('is kept if it is %s', (_, owner, later) => {
    hear(heldBy(owner, epoch() + later))
    expect([worker.owned.size, game.logins]).toEqual([1, 1])
  })

  it('is not taken while it is, and is again once it is free', async () => {
    const lease = await leases.take('altis', 'w1')
    if (lease !== undefined) await leases.release(lease)
    const other = await leases.take('altis', 'w2')
    await clock.run(LEASE_MS - 1)
    expect(worker.owned.size).toBe(0)
    if (other !== undefined) await leases.release(other)
    await clock.run(LEASE_MS)
    expect([worker.owned.size, game.logins]).toEqual([1, 1])
  })
})
