import type { PoolEvents } from '@bercon/client'
import { idleStatistics } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryBus } from '../memory/memory-bus.js'
import { MemoryServerList } from '../memory/memory-server-list.js'
import type { ListChange } from '../server-list.js'
import { eventText } from '../wire/server-event.js'
import { subjectsOf } from '../wire/subjects.js'
import { reportText, type WorkerReport } from '../wire/worker-report.js'
import { FleetDirectory, type FleetDirectoryOptions } from './fleet-directory.js'

const subjects = subjectsOf('bercon')
const altis = { name: 'altis', host: '192.0.2.1', port: 2306, game: 'arma3', password: 'hunter2' } as const
const { password: _, ...shown } = altis

let clock: VirtualClock
let bus: MemoryBus
let asksWho: number

beforeEach(async () => {
  clock = new VirtualClock()
  await clock.run(100_000)
  bus = new MemoryBus(clock)
  asksWho = 0
  bus.subscribe(subjects.who, () => asksWho++)
})

const newDirectory = (options: Partial<FleetDirectoryOptions> = {}) =>
  new FleetDirectory({ bus, clock, ...options })

/** A worker's report of one server that it owns, unless `news` says otherwise. */
async function report(name: string, news: Partial<WorkerReport> = {}): Promise<void> {
  const server = {
    name,
    epoch: 1,
    state: 'connected',
    address: '192.0.2.1',
    statistics: idleStatistics(),
  } as const
  const common = { worker: 'w1', capacity: 9, owned: 1, leaseMs: 6_000, released: [], leaves: false }
  bus.publish(subjects.worker('w1'), reportText({ ...common, servers: [server], ...news }))
  await settled()
}

async function say(name: string, text: string, number: number): Promise<void> {
  const event = { type: 'message', at: 7, text, sequence: 0, number } as const
  bus.publish(subjects.event(name, 'playerMessage'), eventText({ epoch: 1, number, event }))
  await settled()
}

describe('a directory with a list', () => {
  it('knows the servers of the list, and who owns them', async () => {
    const directory = newDirectory({ servers: new MemoryServerList([altis]) })
    await directory.ready
    await report('stratis')
    await report('altis')
    expect([directory.size, directory.names]).toEqual([1, ['altis']])
    expect([directory.serverOf('altis'), directory.ownerOf('altis')]).toEqual([
      shown,
      { worker: 'w1', epoch: 1 },
    ])
    expect(directory.connection('altis')?.state).toBe('connected')
    expect(directory.get('altis')?.isConnected()).toBe(true)
    const unknown = [
      directory.get('stratis'),
      directory.connection('stratis'),
      directory.ownerOf('stratis'),
      directory.serverOf('stratis'),
    ]
    expect(unknown).toEqual([undefined, undefined, undefined, undefined])
  })

  it('is ready when it has heard of all, and asks the workers then for what they have reported before', async () => {
    let isReady = false
    let list: (change: ListChange) => void = () => {}
    const watch = (listener: typeof list) => {
      list = listener
      return () => {}
    }
    const directory = newDirectory({ servers: { watch } })
    void directory.ready.then(() => {
      isReady = true
    })
    list({ type: 'server', server: shown })
    list({ type: 'removed', name: 'unknown' })
    await settled()
    expect([isReady, asksWho]).toEqual([false, 0])
    list({ type: 'complete' })
    await settled()
    expect([isReady, asksWho]).toEqual([true, 1])
  })

  it('keeps the client of a server that is changed, and closes that of one that is removed', async () => {
    const servers = new MemoryServerList([altis])
    const directory = newDirectory({ servers })
    await directory.ready
    const client = directory.get('altis')
    servers.put({ ...altis, port: 2_400 })
    expect([directory.get('altis'), directory.serverOf('altis')?.port]).toEqual([client, 2_400])
    servers.remove('altis')
    servers.remove('stratis')
    await settled()
    expect([directory.names, client?.state]).toEqual([[], 'closed'])
  })
})

describe('a directory without a list', () => {
  it('knows the servers that workers own, in that order', async () => {
    const directory = newDirectory()
    await directory.ready
    for (const name of ['stratis', 'altis']) await report(name)
    expect([directory.names, directory.size, asksWho]).toEqual([['stratis', 'altis'], 2, 1])
    expect(directory.serverOf('altis')).toBeUndefined()
    bus.publish(subjects.worker('w2'), 'junk')
    await settled()
    expect(directory.size).toBe(2)
  })

  it('forgets an owner that has given the server up', async () => {
    const directory = newDirectory()
    await report('altis')
    await report('', { servers: [], released: [{ name: 'stratis', epoch: 1 }] })
    expect(directory.ownerOf('altis')).toBeDefined()
    await report('', { servers: [], released: [{ name: 'altis', epoch: 1 }] })
    expect([directory.ownerOf('altis'), directory.names]).toEqual([undefined, ['altis']])
  })

  it.each([
    [6_000, 9_000],
    [20_000, 30_000],
  ])('believes an owner with leases of %i ms for %i ms', async (leaseMs, ms) => {
    const directory = newDirectory()
    await report('altis', { leaseMs })
    await clock.run(ms)
    expect(directory.ownerOf('altis')).toBeDefined()
    await clock.run(1_000)
    expect(directory.ownerOf('altis')).toBeUndefined()
  })
})

describe('the events of all servers', () => {
  it('come with the name of their server, to listeners and loops', async () => {
    const directory = newDirectory()
    const heard: PoolEvents['playerMessage'][] = []
    const off = directory.listen('playerMessage', (event) => heard.push(event))
    const loop = directory.events('playerMessage')
    const first = loop.next()
    for (const name of ['altis', 'stratis']) {
      await report(name)
      await say(name, `(Side) Rook: at ${name}`, 1)
    }
    await say('tanoa', '(Side) Rook: nowhere', 1)
    bus.publish(subjects.event('altis', 'playerMessage'), 'junk')
    await settled()
    expect(heard.map(({ server, event }) => [server, event.message])).toEqual([
      ['altis', 'at altis'],
      ['stratis', 'at stratis'],
    ])
    expect((await first).value).toMatchObject({ server: 'altis' })
    off()
    await say('altis', '(Side) Rook: again', 2)
    expect(heard).toHaveLength(2)
  })
})

describe('a directory that is closed', () => {
  it('closes every client, ends every loop, and leaves nothing', async () => {
    const servers = new MemoryServerList([altis])
    const directory = newDirectory({ servers, whenUnowned: 'fail' })
    await directory.ready
    const client = directory.get('altis')
    const next = directory.events('playerMessage').next()
    await directory[Symbol.asyncDispose]()
    expect([client?.state, (await next).done, clock.timers]).toEqual(['closed', true, 0])
    await report('altis')
    servers.put({ ...altis, name: 'tanoa' })
    expect([directory.ownerOf('altis'), directory.names]).toEqual([undefined, ['altis']])
  })
})

it('a prefix may have several tokens', async () => {
  const games = subjectsOf('games.eu')
  const directory = newDirectory({ servers: new MemoryServerList([altis]), prefix: 'games.eu' })
  await directory.ready
  const event = { type: 'message', at: 7, text: '(Side) Rook: hi', sequence: 0, number: 1 } as const
  bus.publish(games.event('altis', 'playerMessage'), eventText({ epoch: 1, number: 1, event }))
  await settled()
  expect(directory.ownerOf('altis')?.epoch).toBe(1)
})

it.each([
  ['bus', { bus: { request: () => {}, publish: () => {} } }],
  ['bus', { bus: { request: () => {}, subscribe: () => {} } }],
  ['bus', { bus: { publish: () => {}, subscribe: () => {} } }],
  ['servers', { servers: {} }],
  ['user', { user: 'a.b' }],
  ['whenUnowned', { whenUnowned: 'later' }],
  ['size', { size: 1 }],
])('a part or setting that is wrong is refused by name: %s', (argument, wrong) => {
  const expected = argument === 'whenUnowned' ? { expected: "'fail' or 'wait'" } : {}
  expect(() => newDirectory(wrong as never)).toThrow(expect.objectContaining({ argument, ...expected }))
})
