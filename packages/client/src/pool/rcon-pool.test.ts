import { type Simulator, startSimulator } from '@bercon/server/simulator'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
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

it('gives what came of a command at each server by its name', async () => {
  pool = new RconPool()
  await pool.add('altis', target(altis))
  await pool.add('tanoa', target(tanoa))
  const results = await pool.broadcast('kick 3')
  expect(results.get('altis')).toEqual({ ok: '' })
  expect(results.get('tanoa')).toMatchObject({ error: { code: 'command-disallowed' } })
})

it('tells the events of all servers with the name of each', async () => {
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

it('refuses a name that is taken, and takes it again after it was removed', async () => {
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

it('looks up no more names at a time than it may, and logs in no more', async () => {
  let lookups = 0
  let most = 0
  const lookup = async () => {
    most = Math.max(most, ++lookups)
    await Promise.resolve()
    lookups--
    return ['127.0.0.1']
  }
  const { UdpTransport } = await import('../udp-transport.js')
  pool = new RconPool({ maxLookups: 2, client: { transport: new UdpTransport({ lookup }) } })
  const names = Array.from({ length: 12 }, (_, index) => `server ${index}`)
  await Promise.all(names.map((name) => pool.add(name, { ...target(altis), host: `${name}.example` })))
  expect(most).toBe(2)
  expect(altis.server.peers.length).toBe(12)
})
