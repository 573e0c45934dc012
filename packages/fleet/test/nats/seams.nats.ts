import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Lease, LeaseChange } from '../../src/leases.js'
import { connectFleet, type NatsFleet } from '../../src/nats/connect-fleet.js'
import { PasswordKey } from '../../src/nats/password-key.js'
import type { ListChange } from '../../src/server-list.js'
import { NatsProcess } from './nats-process.js'

// Too long to expire in a test, and short, but long enough for a busy machine to renew in time.
const LEASE_MS = 60_000
const BRIEF_LEASE_MS = 4_000
const key = new PasswordKey(new Uint8Array(32).fill(7))
let nats: NatsProcess
let one: NatsFleet
let two: NatsFleet
/** Two connections to another fleet. */
let brief: NatsFleet
let briefToo: NatsFleet

beforeAll(async () => {
  nats = await NatsProcess.start()
  const options = { nats: { servers: nats.url }, leaseMs: LEASE_MS, key }
  one = await connectFleet(options)
  two = await connectFleet(options)
  brief = await connectFleet({ ...options, prefix: 'brief', leaseMs: BRIEF_LEASE_MS })
  briefToo = await connectFleet({ ...options, prefix: 'brief', leaseMs: BRIEF_LEASE_MS })
})

afterAll(async () => {
  for (const fleet of [one, two, brief, briefToo]) await fleet.close()
  await nats.end()
})

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await passed(20)
}

describe('a lease', () => {
  let server: string
  let count = 0
  beforeEach(() => {
    server = `server-${count++}`
  })

  async function taken(owner = 'w1', fleet = one): Promise<Lease> {
    const lease = await fleet.leases.take(server, owner)
    if (lease === undefined) throw new Error('it is held')
    return lease
  }

  it('is held by one owner, until it is released', async () => {
    const lease = await taken()
    expect(await two.leases.take(server, 'w2')).toBeUndefined()
    await one.leases.release(lease)
    expect((await taken('w2', two)).epoch).toBeGreaterThan(lease.epoch)
  })

  it('lives as long as it is renewed, and can be taken when it expires', async () => {
    const lease = await taken('w1', brief)
    for (let renewals = 0; renewals < 8; renewals++) {
      await passed(BRIEF_LEASE_MS / 5)
      expect(await brief.leases.renew(lease)).toBe(true)
    }
    expect(await briefToo.leases.take(server, 'w2')).toBeUndefined()
    await until(async () => (await briefToo.leases.take(server, 'w2')) !== undefined)
    expect(await brief.leases.renew(lease)).toBe(false)
  })

  it('has a new epoch when its owner takes it again, and the earlier lease has no effect', async () => {
    const first = await taken()
    const second = await taken()
    expect(second.epoch).toBeGreaterThan(first.epoch)
    await one.leases.release(first)
    expect(await one.leases.renew(first)).toBe(false)
    expect(await one.leases.renew(second)).toBe(true)
  })

  it('is renewed although the answer to the last renewal was lost', async () => {
    const lease = await taken()
    // As if through this connection: the revision moves on without its knowledge.
    expect(await two.leases.renew(lease)).toBe(true)
    expect(await one.leases.renew(lease)).toBe(true)
  })

  it('is reported to all who watch: held, free when it is released, free when it expires', async () => {
    const changes: LeaseChange[] = []
    const stop = briefToo.leases.watch((change) => {
      if (
        change.type === 'complete' ||
        (change.type === 'free' ? change.server : change.lease.server) === server
      )
        changes.push(change)
    })
    await until(() => changes.length === 1)
    const lease = await taken('w1', brief)
    await brief.leases.renew(lease)
    await brief.leases.release(lease)
    const next = await taken('w1', brief)
    await until(() => changes.filter(({ type }) => type === 'free').length === 2)
    stop()
    // A watch that hears of no renewal begins again, and is complete again.
    const [first, ...others] = changes
    expect([first, ...others.filter(({ type }) => type !== 'complete')]).toEqual([
      { type: 'complete' },
      { type: 'held', lease },
      { type: 'free', server },
      { type: 'held', lease: next },
      { type: 'free', server },
    ])
  })
})

describe('the bus', () => {
  it('brings a request to the one who serves its subject, and the reply back', async () => {
    const ask = () => two.bus.request('bercon.test.a', 'hello', { timeoutMs: 60_000 })
    expect(await ask()).toEqual({ type: 'nobody' })
    const stop = one.bus.serve('bercon.test.*', async ({ subject, text }) => `${subject} ${text}`)
    // NATS hears of both connections at different times.
    await until(async () => (await ask()).type !== 'nobody')
    expect(await ask()).toEqual({ type: 'reply', text: 'bercon.test.a hello' })
    stop()
    await until(async () => (await ask()).type === 'nobody')
  })

  it('is silent when the one who serves leaves the request to others', async () => {
    let asked = 0
    const stop = one.bus.serve('bercon.silent', async () => void asked++)
    const ask = () => two.bus.request('bercon.silent', '', { timeoutMs: 500 })
    await until(async () => (await ask()).type === 'silence' && asked > 0)
    stop()
  })

  it('ends a request whose signal is aborted', async () => {
    let hear = () => {}
    const asked = new Promise<void>((resolve) => {
      hear = resolve
    })
    const stop = one.bus.serve('bercon.slow', () => {
      hear()
      return new Promise(() => {})
    })
    const controller = new AbortController()
    // Over the same connection, so that NATS knows who serves.
    const reply = one.bus.request('bercon.slow', '', { timeoutMs: 3_600_000, signal: controller.signal })
    await asked
    controller.abort()
    expect(await reply).toEqual({ type: 'silence' })
    stop()
  })

  it('drops what is published faster than it can be sent, and says so', async () => {
    const text = 'x'.repeat(1_000_000)
    const published = Array.from({ length: 20 }, () => one.bus.publish('bercon.flood', text))
    expect(published.filter((isPublished) => isPublished)).toHaveLength(8)
    await until(() => one.bus.publish('bercon.flood', text))
  })
})

describe('the list of servers', () => {
  const altis = { name: 'altis', host: '127.0.0.1', port: 2306, game: 'arma3', password: 'hunter2' } as const

  it('reports what is added, changed and removed, and opens a password with the key only', async () => {
    const changes: ListChange[] = []
    const stop = two.servers.watch((change) => changes.push(change))
    await until(() => changes.length === 1)
    await one.servers.put(altis)
    expect(await two.servers.target('altis')).toEqual({ host: '127.0.0.1', port: 2306, password: 'hunter2' })
    expect(await two.servers.all()).toEqual([{ name: 'altis', host: '127.0.0.1', port: 2306, game: 'arma3' }])
    await using reader = await connectFleet({ nats: { servers: nats.url }, leaseMs: LEASE_MS })
    await expect(reader.servers.target('altis')).rejects.toMatchObject({ argument: 'key' })
    expect(await one.servers.remove('altis')).toBe(true)
    expect(await one.servers.remove('altis')).toBe(false)
    await until(() => changes.at(-1)?.type === 'removed')
    stop()
    const { password: _password, ...server } = altis
    expect(changes).toEqual([
      { type: 'complete' },
      { type: 'server', server },
      { type: 'removed', name: 'altis' },
    ])
  })
})

it('a restart of NATS ends every lease; the next one has a greater epoch, and is heard of', async () => {
  const before = await one.leases.take('restarted', 'w1')
  if (before === undefined) throw new Error('it is held')
  const heard: Lease[] = []
  const stop = two.leases.watch((change) => {
    if (change.type === 'held' && change.lease.owner === 'w3') heard.push(change.lease)
  })
  await nats.stop()
  await nats.resume()
  while (heard.length === 0) {
    await untilDone(() => two.leases.take('restarted', 'w3'))
    await passed(200)
  }
  expect(heard[0]?.epoch).toBeGreaterThan(before.epoch)
  expect(await untilDone(() => one.leases.renew(before))).toBe(false)
  stop()
})

it('a restart of NATS is no change of the list of servers: nobody need log in again', async () => {
  await one.servers.put({ name: 'kept', host: '127.0.0.1', port: 2306, game: 'arma3', password: 'hunter2' })
  const changes: string[] = []
  const stop = two.servers.watch((change) =>
    changes.push('server' in change ? change.server.name : change.type),
  )
  const completes = () => changes.filter((change) => change === 'complete').length
  while (completes() < 1) await passed(50)
  await nats.stop()
  await nats.resume()
  while (completes() < 2) await passed(50)
  expect(changes.filter((change) => change === 'kept')).toHaveLength(1)
  stop()
})

it('a bucket of leases that somebody deletes is created again, and its epochs are greater', async () => {
  await untilDone(() => one.leases.take('another', 'w1'))
  const before = await one.leases.take('deleted', 'w1')
  await untilDone(() => two.leases.take('third', 'w2'))
  const operator = await connect({ servers: nats.url })
  await operator.request('$JS.API.STREAM.DELETE.KV_bercon-leases')
  await operator.close()
  const after = await untilDone(() => one.leases.take('deleted', 'w1'))
  expect(after?.epoch).toBeGreaterThan(before?.epoch ?? Number.POSITIVE_INFINITY)
  // It opened the bucket that was deleted, and has not heard of the other.
  const others = await untilDone(() => two.leases.take('fourth', 'w2'))
  expect(others?.epoch).toBeGreaterThan(after?.epoch ?? Number.POSITIVE_INFINITY)
})

it.each([
  [
    'another life of its leases',
    { leaseMs: 2 * LEASE_MS },
    'leaseMs',
    /bercon-leases .* leaseMs 60000, and 120000/,
  ],
  ['fewer replicas', { replicas: 3 }, 'replicas', /bercon-leases .* replicas 1, and 3/],
])('refuses a bucket that was created with %s', async (_, settings, argument, message) => {
  await untilDone(() => one.leases.take('created', 'w1'))
  const connected = connectFleet({ nats: { servers: nats.url }, leaseMs: LEASE_MS, ...settings })
  await expect(connected).rejects.toMatchObject({ argument, message: expect.stringMatching(message) })
})

it('refuses replies that no worker would send', async () => {
  const elsewhere = connectFleet({ nats: { servers: nats.url, inboxPrefix: 'bercon.exec' } })
  await expect(elsewhere).rejects.toMatchObject({ argument: 'inboxPrefix' })
})

/** Tries again while there is no connection, and while JetStream begins. */
async function untilDone<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act()
    } catch {
      await passed(50)
    }
  }
}
