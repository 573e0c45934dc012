import type { ClientClock } from '@bercon/client'
import { VirtualClock } from '@bercon/core/testing'
import { createRandom } from '@bercon/protocol/link'
import { beforeEach, describe, expect, it } from 'vitest'
import { VirtualGame } from '../../test/virtual-game.js'
import { VirtualProcess } from '../../test/virtual-process.js'
import type { LeaseChange, Leases } from '../leases.js'
import { MemoryBus } from '../memory/memory-bus.js'
import { MemoryLeases } from '../memory/memory-leases.js'
import { MemoryServerList } from '../memory/memory-server-list.js'
import { FleetWorker } from './fleet-worker.js'
import type { WorkerEvent } from './worker-event.js'
import type { FleetWorkerOptions } from './worker-options.js'

const LEASE_MS = 6_000
const NAMES = Array.from({ length: 20 }, (_, index) => `server-${index}`)
let clock: VirtualClock
let bus: MemoryBus
let leases: MemoryLeases
let servers: MemoryServerList
let games: Map<string, VirtualGame>
let events: WorkerEvent[]

beforeEach(() => {
  clock = new VirtualClock()
  bus = new MemoryBus(clock)
  leases = new MemoryLeases(LEASE_MS, clock)
  const random = createRandom(3)
  games = new Map(NAMES.map((name) => [name, new VirtualGame(random)]))
  servers = new MemoryServerList(
    NAMES.map((name) => ({ name, host: '192.0.2.1', port: 2306, game: 'arma3', password: 'x' })),
  )
  events = []
})

function start(id: string, settings: Partial<FleetWorkerOptions> = {}): FleetWorker {
  const random = createRandom(5)
  const process = new VirtualProcess(clock, 1, random)
  const worker = new FleetWorker({
    bus,
    leases,
    servers,
    clock,
    random,
    connect: ({ name }) => (games.get(name) as VirtualGame).connect(process),
    onEvent: (event) => events.push(event),
    ...settings,
    id,
  })
  worker.start()
  return worker
}

function ownedBy(...workers: readonly FleetWorker[]): readonly number[] {
  return workers.map(({ owned }) => owned.size)
}

it('answers once for all who ask meanwhile, and with all its servers', async () => {
  start('w1')
  await clock.run(2 * LEASE_MS)
  const reports: string[] = []
  bus.subscribe('bercon.workers.*', ({ text }) => reports.push(text))
  for (let asked = 0; asked < 50; asked++) bus.publish('bercon.who', '')
  await clock.run(LEASE_MS / 6)
  expect(reports.length).toBeLessThanOrEqual(2)
  for (const name of NAMES) expect(reports[0]).toContain(`"${name}"`)
})

describe('capacity', () => {
  it('is never exceeded, however many servers are free at once', async () => {
    const worker = start('w1', { capacity: 7 })
    await clock.run(2 * LEASE_MS)
    expect(ownedBy(worker)).toEqual([7])
  })

  it('leaves what a full worker should own to the others', async () => {
    const workers = [start('w1', { capacity: 4 }), start('w2')]
    await clock.run(2 * LEASE_MS)
    const [first = 0, second = 0] = ownedBy(...workers)
    expect(first).toBeLessThanOrEqual(4)
    expect(first + second).toBe(NAMES.length)
  })
})

it('workers that start together share the servers out without a hand-over', async () => {
  const workers = [start('w1'), start('w2'), start('w3')]
  await clock.run(LEASE_MS)
  expect(ownedBy(...workers).reduce((sum, count) => sum + count)).toBe(NAMES.length)
  await clock.run(5 * LEASE_MS)
  expect(events.filter(({ type }) => type === 'ended')).toEqual([])
})

describe('a newcomer', () => {
  it('is handed its servers over little by little, and no server has two logins then', async () => {
    const first = start('w1', { handoversPerSecond: 1 })
    await clock.run(LEASE_MS)
    expect(ownedBy(first)).toEqual([NAMES.length])
    const second = start('w2', { handoversPerSecond: 1 })
    await clock.run(LEASE_MS + 3_500)
    const early = second.owned.size
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThanOrEqual(4)
    await clock.run(5 * LEASE_MS)
    const [one = 0, two = 0] = ownedBy(first, second)
    expect(one + two).toBe(NAMES.length)
    expect(two).toBeGreaterThan(5)
    for (const game of games.values()) expect(game.logins).toBe(1)
  })
})

describe('a worker that stops', () => {
  it('gives everything up at once, so that no lease has to expire', async () => {
    const [first, second] = [start('w1'), start('w2')]
    await clock.run(4 * LEASE_MS)
    const stopped = first.stop()
    await clock.run(200)
    await stopped
    expect(ownedBy(first, second)).toEqual([0, NAMES.length])
    expect(
      events
        .filter(({ type }) => type === 'ended')
        .every((event) => 'reason' in event && event.reason === 'released'),
    ).toBe(true)
  })

  let underWay: number
  let slowMs: number
  beforeEach(() => {
    underWay = 0
    slowMs = 300
  })

  async function slowly<T>(act: () => Promise<T>): Promise<T> {
    underWay++
    await new Promise<void>((resolve) => clock.setTimer(resolve, slowMs))
    const result = await act()
    underWay--
    return result
  }

  const slow = (): Leases => ({
    leaseMs: LEASE_MS,
    take: (server, owner) => slowly(() => leases.take(server, owner)),
    renew: (lease) => leases.renew(lease),
    release: (lease) => slowly(() => leases.release(lease)),
    watch: (listener) => leases.watch(listener),
  })

  /** How many takes and releases are under way when it says that it has stopped. */
  async function underWayAfter(worker: FleetWorker): Promise<number> {
    const stopped = worker.stop().then(() => underWay)
    await clock.run(LEASE_MS / 2)
    return stopped
  }

  it('waits for what it is just taking, and frees it', async () => {
    const worker = start('w1', { leases: slow() })
    while (underWay === 0) await clock.run(10)
    expect(worker.owned.size).toBe(0)
    expect(await underWayAfter(worker)).toBe(0)
    expect(await leases.take(NAMES[0] ?? '', 'w2')).toBeDefined()
  })

  it('waits for what it is just handing over', async () => {
    const worker = start('w1', { leases: slow(), handoversPerSecond: 50 })
    await clock.run(2 * LEASE_MS)
    start('w2')
    while (underWay === 0) await clock.run(10)
    // What is given up from now on is quick.
    slowMs = 10
    expect(await underWayAfter(worker)).toBe(0)
  })

  it('cannot be started again', async () => {
    const worker = start('w1')
    expect(() => worker.start()).toThrow(expect.objectContaining({ argument: 'start' }))
    await worker.stop()
  })
})

describe('while the leases cannot be reached', () => {
  let isDown: boolean
  let hear: (change: LeaseChange) => void
  const broken = (): Leases => ({
    leaseMs: LEASE_MS,
    take: (server, owner) => (isDown ? Promise.reject(new Error('down')) : leases.take(server, owner)),
    renew: (lease) => (isDown ? Promise.reject(new Error('down')) : leases.renew(lease)),
    release: (lease) => leases.release(lease),
    watch: (listener) => {
      hear = listener
      return leases.watch(listener)
    },
  })
  beforeEach(() => {
    isDown = true
  })

  function errors(during: string): number {
    return events.filter((event) => event.type === 'error' && event.during === during).length
  }

  it('a lease that cannot be taken is an error, and taken later', async () => {
    const worker = start('w1', { leases: broken() })
    await clock.run(LEASE_MS)
    expect(worker.owned.size).toBe(0)
    expect(errors('take')).toBeGreaterThan(0)
    isDown = false
    await clock.run(LEASE_MS)
    expect(worker.owned.size).toBe(NAMES.length)
  })

  it('takes wait longer with each failure, but not when the leases are heard of again', async () => {
    const worker = start('w1', { leases: broken() })
    await clock.run(4 * LEASE_MS)
    isDown = false
    hear({ type: 'complete' })
    await clock.run(10)
    expect(worker.owned.size).toBe(NAMES.length)
  })

  it('a lease that is over by the clock, but renewed before the store frees it, goes on with its epoch', async () => {
    isDown = false
    const worker = start('w1', { leases: broken() })
    await clock.run(LEASE_MS)
    const epochs = new Map(worker.owned)
    isDown = true
    while (worker.owned.size === NAMES.length) await clock.run(10)
    isDown = false
    await clock.run(LEASE_MS / 10)
    expect(worker.owned).toEqual(epochs)
    const ended = events.flatMap((event) => (event.type === 'ended' ? event.reason : []))
    expect(new Set(ended)).toEqual(new Set(['expired']))
    for (const game of games.values()) expect(game.logins).toBe(1)
  })

  it('a login is kept for a minute, and no longer', async () => {
    isDown = false
    start('w1', { leases: broken(), loginGraceMs: 60_000 })
    await clock.run(LEASE_MS)
    isDown = true
    await clock.run(60_000)
    for (const game of games.values()) expect(game.logins).toBe(1)
    await clock.run(LEASE_MS)
    for (const game of games.values()) expect(game.logins).toBe(0)
  })

  it('a lease that cannot be renewed is one error, and ends', async () => {
    isDown = false
    const worker = start('w1', { leases: broken() })
    await clock.run(LEASE_MS)
    isDown = true
    await clock.run(LEASE_MS)
    expect(worker.owned.size).toBe(0)
    expect(errors('renew')).toBe(NAMES.length)
  })
})

it.each([3_600_000, -3_600_000])('keeps its servers when the time of day jumps by %i ms', async (jumpMs) => {
  let jumped = 0
  const jumping: ClientClock = {
    now: () => clock.now(),
    wallNow: () => clock.wallNow() + jumped,
    setTimer: (callback, delayMs) => clock.setTimer(callback, delayMs),
  }
  const [first, second] = [start('w1', { clock: jumping }), start('w2')]
  await clock.run(2 * LEASE_MS)
  const owned = new Map(first.owned)
  jumped = jumpMs
  await clock.run(10 * LEASE_MS)
  expect(first.owned).toEqual(owned)
  expect(owned.size + second.owned.size).toBe(NAMES.length)
})

it('does not own a server whose lease is over by the time that it hears of it', async () => {
  // As after a process was stopped: the answer is there before the timer that gives it up has rung.
  const take: MemoryLeases['take'] = async (server, owner) => {
    const lease = await leases.take(server, owner)
    await new Promise<void>((resolve) => clock.setTimer(resolve, 2 * LEASE_MS))
    return lease
  }
  const late: Leases = {
    leaseMs: LEASE_MS,
    take,
    renew: (lease) => leases.renew(lease),
    release: (lease) => leases.release(lease),
    watch: (listener) => leases.watch(listener),
  }
  const worker = start('w1', { leases: late })
  await clock.run(6 * LEASE_MS)
  expect(events.filter(({ type }) => type === 'taken')).toEqual([])
  expect(worker.owned.size).toBe(0)
})
