import { RconClientCache } from '@bercon/core'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PoolClientOptions } from './pool-options.js'
import { RconPool } from './rcon-pool.js'

const password = 'hunter2'
let altis: Simulator
let pool = new RconPool()

beforeAll(async () => {
  altis = await startSimulator({ password, bots: false })
})

afterEach(() => pool.close())

afterAll(() => altis.close())

const target = ({ address, port }: Simulator) => ({ host: address, port, password })

describe('unknown names', () => {
  const unknown = (name: string, meant: string) => `There is no option "${name}"; did you mean "${meant}"?`

  it('of options are refused by name, with a suggestion', async () => {
    expect(() => new RconPool({ maxLogin: 3 } as object)).toThrow(unknown('maxLogin', 'maxLogins'))
    expect(() => new RconPool({ clients: {} } as object)).toThrow(unknown('clients', 'client'))
    expect(() => new RconPool({ client: { transprt: {} } as object })).toThrow(
      unknown('transprt', 'transport'),
    )
    pool = new RconPool()
    await expect(pool.add('altis', target(altis), { keepAliveMS: 3 } as object)).rejects.toThrow(
      unknown('keepAliveMS', 'keepAliveMs'),
    )
    expect(pool.names).toEqual([])
    expect(() => pool.broadcast('version', { server: ['altis'] } as object)).toThrow(
      unknown('server', 'servers'),
    )
    expect(() => pool.events('playerKick', { maxQueue: 3 } as object)).toThrow(
      unknown('maxQueue', 'maxQueued'),
    )
  })

  it('of servers are refused with the name that was probably meant', async () => {
    pool = new RconPool()
    await pool.add('altis', target(altis))
    expect(() => pool.broadcast('version', { servers: ['alits'] })).toThrow(
      'The pool has no server "alits"; did you mean "altis"?',
    )
  })
})

describe('options', () => {
  it.each([
    ['foo', { foo: 1 }],
    ['keepAliveMs', { keepAliveMs: -1 }],
    ['cache', { cache: {} }],
    ['dispatch', { dispatch: {} }],
    ['connection', { connection: {} }],
  ])('of the clients are refused by name when the pool is made: %s', (argument, client) => {
    expect(() => new RconPool({ client: client as PoolClientOptions })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })

  it.each([
    ['foo', { foo: 1 }],
    ['dispatch', { dispatch: {} }],
    ['connection', { connection: {} }],
  ])('of one server are refused by name when it is added: %s', async (argument, options) => {
    pool = new RconPool()
    const added = pool.add('altis', target(altis), options as PoolClientOptions)
    await expect(added).rejects.toMatchObject({ code: 'invalid-argument', argument })
    expect(pool.size).toBe(0)
  })

  it('cannot share one cache among all servers, by their type', () => {
    // @ts-expect-error: a pool has many servers, a cache one.
    expect(() => new RconPool({ client: { cache: new RconClientCache() } })).toThrow('cache')
  })
})
