import { AsyncRconClient, RconPool } from '@bercon/client'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { connectGateway } from '@bercon/remote'
import { WebSocket } from 'ws'
import type { Provocation } from '../provocation.js'
import { Scene } from '../scene.js'

const never = (value: unknown) => value as never

/** A disk that is full. */
const full = {
  append: () => {
    throw new Error('ENOSPC: no space left on device')
  },
  close: () => {},
}

const empty = { append: () => {}, close: () => {} }

const settings = (token = createToken()) => ({
  users: { ann: { tokenSha256: tokenHash(token), role: 'owner' } },
  roles: { owner: { servers: ['*'], commands: ['*'] } },
  audit: full,
})

function made(change: object): () => unknown {
  return () => new Gateway(never({ servers: new RconPool(), ...settings(), ...change }))
}

/** The problem that an HTTP request is answered with, as the error that it stands for. */
async function problemOf(path: string, body: object): Promise<unknown> {
  const scene = new Scene()
  await scene.serve('')
  const { clock, transport } = scene
  await using pool = new RconPool({ client: { clock, transport } })
  await scene.settle(pool.add('altis', scene.target))
  const token = createToken()
  await using gateway = new Gateway({ servers: pool, ...settings(token) })
  const { http } = await gateway.listen({ http: { port: 0 } })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(`${http?.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const { code, detail } = (await response.json()) as { readonly code: string; readonly detail: string }
  return Object.assign(new Error(detail), { code, name: 'RconError' })
}

/** What the second command of a user fails with whose role allows one a minute. */
async function beyondLimit(): Promise<unknown> {
  const scene = new Scene()
  await scene.serve('')
  const { clock, transport } = scene
  await using pool = new RconPool({ client: { clock, transport } })
  await scene.settle(pool.add('altis', scene.target))
  const token = createToken()
  const roles = { owner: { servers: ['*'], commands: ['*'], perMinute: 1 } }
  await using gateway = new Gateway({ servers: pool, ...settings(token), audit: empty, roles, clock })
  const { http } = await gateway.listen({ http: { port: 0 } })
  const connection = connectGateway(http?.url ?? '', {
    server: 'altis',
    token,
    WebSocket: WebSocket as never,
  })
  await using client = new AsyncRconClient({ connection })
  // Counted before the server answers it.
  const first = client.sendCommand('players').catch(() => undefined)
  const second = await client.sendCommand('players').catch((error: unknown) => error)
  await client.close()
  await first
  return second
}

export const GATEWAY: readonly Provocation[] = [
  { call: 'new Gateway({ …, auditt })', provoke: made({ auditt: full }) },
  { call: 'new Gateway({ …, servers: 5 })', provoke: made({ servers: 5 }) },
  {
    call: "new Gateway({ …, users: { ann: { tokenSha256, role: 'admin' } } })",
    when: 'there is no such role',
    provoke: made({ users: { ann: { tokenSha256: tokenHash('x'), role: 'admin' } } }),
  },
  {
    call: 'POST /api/servers/altis/commands',
    when: 'the disk of the audit is full',
    provoke: () => problemOf('/api/servers/altis/commands', { text: 'kick 3' }),
  },
  {
    call: "client.sendCommand('players')",
    when: 'the role allows one command a minute, and this is the second',
    provoke: beyondLimit,
  },
]
