import { RconPool } from '@bercon/client'
import type { Provocation } from '../provocation.js'
import { Scene, SILENT } from '../scene.js'

const never = (value: unknown) => value as never

/** What a pool with one server, `altis`, that never answers fails with. */
function inPool(call: (pool: RconPool, scene: Scene) => unknown): () => Promise<unknown> {
  return async () => {
    const scene = new Scene()
    const { clock, transport } = scene
    const pool = new RconPool({ client: { clock, transport } })
    void pool.add('altis', { ...scene.target, host: SILENT })
    try {
      return await call(pool, scene)
    } finally {
      await pool.close()
    }
  }
}

export const POOL: readonly Provocation[] = [
  { call: 'new RconPool({ maxLogin: 8 })', provoke: () => new RconPool(never({ maxLogin: 8 })) },
  { call: 'new RconPool({ maxLogins: 0 })', provoke: () => new RconPool({ maxLogins: 0 }) },
  {
    call: 'new RconPool({ client: { cache } })',
    provoke: () => new RconPool({ client: never({ cache: {} }) }),
  },
  {
    call: "pool.add('altis', target)",
    when: 'the pool has that server',
    provoke: inPool((pool, { target }) => pool.add('altis', target)),
  },
  {
    call: "pool.add('tanoa', target, { keepAliveMS: 3 })",
    provoke: inPool((pool, { target }) => pool.add('tanoa', target, never({ keepAliveMS: 3 }))),
  },
  {
    call: "pool.broadcast('version', { servers: ['alits'] })",
    provoke: inPool((pool) => pool.broadcast('version', { servers: ['alits'] })),
  },
  {
    call: "pool.add('tanoa', target)",
    when: 'you remove the server before it answers',
    provoke: inPool((pool, { target }) => {
      const added = pool.add('tanoa', { ...target, host: SILENT })
      pool.remove('tanoa')
      return added
    }),
  },
  {
    call: "pool.add('tanoa', target)",
    when: 'the pool is closed',
    provoke: inPool(async (pool, { target }) => {
      await pool.close()
      return pool.add('tanoa', target)
    }),
  },
]
