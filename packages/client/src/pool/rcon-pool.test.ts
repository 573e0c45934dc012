import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { UdpTransport } from '../udp-transport.js'
import { RconPool } from './rcon-pool.js'

const password = 'hunter2'
let altis: Simulator
let tanoa: Simulator
let pool: RconPool

beforeAll(async () => {
  altis = await startSimulator({ password, bots: false })
  tanoa = await startSimulator({ password, bots: false, restricted: true })
})

afterEach(() => pool.close())

afterAll(async () => {
  await altis.close()
  await tanoa.close()
})

const target = ({ address, port }: Simulator) => ({ host: address, port, password })

it('logs in to each server, and finds its client by name', async () => {
  pool = new RconPool()
  const client = await pool.add('altis', target(altis))
  await pool.add('tanoa', target(tanoa))
  expect(pool.names).toEqual(['altis', 'tanoa'])
  expect(pool.size).toBe(2)
  expect(pool.get('altis')).toBe(client)
  expect(pool.get('altis')?.isConnected()).toBe(true)
  expect(pool.get('malden')).toBeUndefined()
})

it('returns the outcome of a command on each server by name', async () => {
  pool = new RconPool()
  await pool.add('altis', target(altis))
  await pool.add('tanoa', target(tanoa))
  const results = await pool.broadcast('kick 3')
  expect(results.get('altis')).toEqual({ ok: '' })
  expect(results.get('tanoa')).toMatchObject({ error: { code: 'command-disallowed' } })
})

describe('a command at many servers', () => {
  const dead = () => {
    const clock = new VirtualClock()
    const transport = new MemoryTransport(clock, new Map())
    void pool.add('dead', target(altis), { clock, transport })
    return clock
  }

  it('yields each result as it arrives: a dead server delays no other', async () => {
    pool = new RconPool()
    const clock = dead()
    await pool.add('altis', target(altis))
    await pool.add('tanoa', target(tanoa))
    const results = pool.broadcast('kick 3', { timeoutMs: 5_000 })[Symbol.asyncIterator]()
    const first = [await results.next(), await results.next()].map(({ value }) => value?.[0])
    expect(first.sort()).toEqual(['altis', 'tanoa'])
    const last = results.next()
    await clock.run(5_000)
    expect(await last).toMatchObject({ value: ['dead', { error: { code: 'command-timeout' } }] })
    expect(await results.next()).toEqual({ done: true, value: undefined })
  })

  it('goes only to the named servers', async () => {
    pool = new RconPool()
    dead()
    await pool.add('altis', target(altis))
    const seen: unknown[] = []
    const results = pool.broadcast('loadBans', { servers: ['altis', 'altis'] })
    for await (const result of results) seen.push(result)
    expect(seen).toEqual([['altis', { ok: '' }]])
    expect(await results).toEqual(new Map([['altis', { ok: '' }]]))
  })

  it('refuses a name that no server has, and sends nothing', async () => {
    pool = new RconPool()
    const client = await pool.add('altis', target(altis), { playersIntervalMs: 0 })
    const asked: string[] = []
    client.listen('command', ({ text }) => asked.push(text))
    expect(() => pool.broadcast('loadBans', { servers: ['altis', 'atlis'] })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument: 'servers', value: 'atlis' }),
    )
    await client.sendCommand('loadBans')
    expect(asked).toEqual(['loadBans'])
  })
})

it('says of a closed pool that it is closed', async () => {
  pool = new RconPool()
  await pool.close()
  await expect(pool.add('altis', target(altis))).rejects.toMatchObject({
    code: 'closed',
    message: 'The pool is closed; create another one',
  })
})

it('emits the events of all servers with the name of each', async () => {
  pool = new RconPool()
  const said: string[] = []
  const heard = new Promise<void>((resolve) => {
    pool.listen('playerConnect', ({ server, event }) => {
      said.push(`${server}: ${event.name}`)
      if (said.length === 2) resolve()
    })
  })
  await pool.add('altis', target(altis))
  await pool.add('tanoa', target(tanoa))
  altis.world.join({ name: 'Ann' })
  tanoa.world.join({ name: 'Bo' })
  await heard
  expect(said.sort()).toEqual(['altis: Ann', 'tanoa: Bo'])
})

it('refuses a name in use, and accepts it again after its removal', async () => {
  pool = new RconPool()
  await pool.add('altis', target(altis))
  await expect(pool.add('altis', target(tanoa))).rejects.toMatchObject({
    code: 'invalid-argument',
    argument: 'name',
  })
  expect(pool.remove('altis')).toBe(true)
  expect(pool.remove('altis')).toBe(false)
  await pool.add('altis', target(tanoa))
  expect(pool.get('altis')?.isConnected()).toBe(true)
})

it('prints no warning for an error that a pool listener receives', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  pool = new RconPool()
  const heard = new Promise((resolve) => pool.listen('error', resolve))
  const client = await pool.add('altis', target(altis))
  client.listen('playerConnect', () => {
    throw new Error('broken')
  })
  altis.world.join({ name: 'Cleo' })
  expect(await heard).toMatchObject({ server: 'altis', during: 'playerConnect' })
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
})

it('forgets a server that refuses the password', async () => {
  pool = new RconPool()
  const errors: (string | undefined)[] = []
  pool.listen('error', ({ server }) => errors.push(server))
  await expect(pool.add('altis', { ...target(altis), password: 'wrong' })).rejects.toMatchObject({
    code: 'login-refused',
  })
  expect(pool.size).toBe(0)
  expect(errors).toEqual(['altis'])
})

it('tries a server that does not answer again, until it does', async () => {
  pool = new RconPool({ retryDelayMs: 1, client: { loginTimeoutMs: 20 } })
  altis.crash()
  const failed = new Promise<void>((resolve) => pool.listen('error', () => resolve()))
  const added = pool.add('altis', target(altis))
  await failed
  altis.revive()
  expect((await added).isConnected()).toBe(true)
})

it('ends the waiting for a server that is removed', async () => {
  pool = new RconPool({ retryDelayMs: 3_600_000, client: { loginTimeoutMs: 20 } })
  altis.crash()
  const failed = new Promise<void>((resolve) => pool.listen('error', () => resolve()))
  const added = pool.add('altis', target(altis))
  await failed
  pool.remove('altis')
  await expect(added).rejects.toMatchObject({ code: 'closed' })
  altis.revive()
})

it('keeps to its limits of concurrent lookups and logins', async () => {
  // Forgets the clients of other tests.
  altis.crash()
  altis.revive()
  let lookups = 0
  let most = 0
  const lookup = async () => {
    most = Math.max(most, ++lookups)
    await Promise.resolve()
    lookups--
    return ['127.0.0.1']
  }
  pool = new RconPool({ maxLookups: 2, client: { transport: new UdpTransport({ lookup }) } })
  const names = Array.from({ length: 12 }, (_, index) => `server-${index}`)
  await Promise.all(names.map((name) => pool.add(name, { ...target(altis), host: `${name}.example` })))
  expect(most).toBe(2)
  expect(altis.server.peers.length).toBe(12)
})

describe('a lookup that never ends', () => {
  const lookup = (host: string) =>
    host === 'hung.example' ? new Promise<never>(() => {}) : Promise.resolve(['127.0.0.1'])

  it('delays no server with an address, nor, once it is canceled, one with a name', async () => {
    const client = { transport: new UdpTransport({ lookup }), loginTimeoutMs: 60_000 }
    pool = new RconPool({ maxLookups: 1, retryDelayMs: 3_600_000, client })
    const clock = new VirtualClock()
    const errors: unknown[] = []
    pool.listen('error', ({ error }) => errors.push(error))
    pool.add('hung', { ...target(altis), host: 'hung.example' }, { clock })
    const byName = pool.add('tanoa', { ...target(tanoa), host: 'tanoa.example' })
    const byAddress = await pool.add('altis', target(altis))
    expect(byAddress.isConnected()).toBe(true)
    expect(pool.get('tanoa')?.isConnected()).toBe(false)
    await clock.run(60_000)
    expect((await byName).isConnected()).toBe(true)
    expect(errors).toMatchObject([{ code: 'host-unreachable' }])
  })
})

describe('a server that is removed', () => {
  it('before its first answer is not an error', async () => {
    pool = new RconPool()
    const clock = new VirtualClock()
    const errors: unknown[] = []
    pool.listen('error', ({ error }) => errors.push(error))
    const added = pool.add('altis', target(altis), {
      clock,
      transport: new MemoryTransport(clock, new Map()),
    })
    await clock.run(3_000)
    expect(pool.remove('altis')).toBe(true)
    await expect(added).rejects.toMatchObject({ code: 'closed' })
    expect(errors).toEqual([])
    expect(clock.timers).toBe(0)
  })

  it('settles at once while it waits for its turn to log in', async () => {
    pool = new RconPool({ maxLogins: 1, client: { loginTimeoutMs: 3_600_000 } })
    altis.crash()
    pool.add('altis', target(altis))
    const added = pool.add('tanoa', target(tanoa))
    pool.remove('tanoa')
    await expect(added).rejects.toMatchObject({ code: 'closed' })
    altis.revive()
  })

  it('by a listener that handles its failed login settles at once', async () => {
    pool = new RconPool({ retryDelayMs: 3_600_000, client: { loginTimeoutMs: 20 } })
    pool.listen('error', ({ server = '' }) => pool.remove(server))
    altis.crash()
    await expect(pool.add('altis', target(altis))).rejects.toMatchObject({ code: 'closed' })
    altis.revive()
  })
})

it('waits for the next attempt by the clock of the server', async () => {
  const clock = new VirtualClock()
  const transport = new MemoryTransport(clock, new Map())
  pool = new RconPool({ retryDelayMs: 3_600_000, client: { loginTimeoutMs: 20 } })
  const failures: unknown[] = []
  pool.listen('error', ({ error }) => failures.push(error))
  pool.add('altis', target(altis), { clock, transport })
  await clock.run(20)
  expect(failures).toMatchObject([{ code: 'login-timeout' }])
  await clock.run(3_600_020)
  expect(failures).toHaveLength(2)
  expect(pool.remove('altis')).toBe(true)
  expect(clock.timers).toBe(0)
})

describe('a pool that is closed', () => {
  it('ends the loops over its events, after the events that came before', async () => {
    pool = new RconPool()
    const stream = pool.events('disconnect')
    const waiting = pool.events('playerConnect').next()
    await pool.add('altis', target(altis))
    await pool.close()
    const seen: string[] = []
    for await (const { server, event } of stream) seen.push(`${server} ${event.reason}`)
    expect(seen).toEqual(['altis closed'])
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(pool.dispatch.listenerCount('playerConnect')).toBe(0)
    expect(await pool.events('connect').next()).toMatchObject({ done: true })
  })

  it('refuses new servers', async () => {
    pool = new RconPool()
    await pool.close()
    await expect(pool.add('altis', target(altis))).rejects.toMatchObject({ code: 'closed' })
    expect(pool.size).toBe(0)
  })
})
