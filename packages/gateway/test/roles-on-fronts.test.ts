// Roles, tried with hostile commands on all three fronts: what a role does not name never reaches the server.
import { type AsyncRconClient, AsyncRconClient as Client, RconPool, type Steps } from '@bercon/client'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { connectGateway } from '@bercon/remote'
import { RconServer } from '@bercon/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { hostileCommands, namesThatServersMayRead } from './hostile-commands.js'

const COMMANDS = { reader: ['players'], speaker: ['say', 'kick'], nobody: [] as string[] }
type User = keyof typeof COMMANDS
const USERS = Object.keys(COMMANDS) as User[]
const tokens = { reader: createToken(), speaker: createToken(), nobody: createToken() }

const executed: string[] = []
const game = new RconServer({
  password: 'hunter2',
  onCommand: (command) => {
    executed.push(command)
    return ''
  },
})
const pool = new RconPool({ client: { playersIntervalMs: 0 } })
const gateway = new Gateway({
  servers: pool,
  games: { altis: 'arma3' },
  users: Object.fromEntries(
    USERS.map((name) => [name, { tokenSha256: tokenHash(tokens[name]), role: name }]),
  ),
  roles: Object.fromEntries(USERS.map((name) => [name, { servers: ['altis'], commands: COMMANDS[name] }])),
  audit: { append: () => {}, close: () => {} },
})
type Send = (text: string) => Promise<unknown>
const ways: { readonly user: User; readonly front: string; readonly send: Send }[] = []
const clients: AsyncRconClient[] = []

/** Past the checks of the client, which would refuse most of these itself. */
function raw(client: AsyncRconClient): Send {
  clients.push(client)
  return (text) =>
    client.perform(function* (): Steps<string> {
      return yield { text, resend: false }
    })
}

beforeAll(async () => {
  const { address: host, port } = await game.listen()
  await pool.add('altis', { host, port, password: 'hunter2' })
  const { battleye, http } = await gateway.listen({ battleye: { altis: {} }, http: { port: 0 } })
  const url = http?.url ?? ''
  for (const user of USERS) {
    const token = tokens[user]
    const peer = new Client({ playersIntervalMs: 0 })
    await peer.connect('127.0.0.1', Object.values(battleye)[0]?.port ?? 0, token)
    const connection = connectGateway(url, { server: 'altis', token, WebSocket: WebSocket as never })
    const post: Send = (text) =>
      fetch(`${url}/api/servers/altis/commands`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      })
    ways.push({ user, front: 'battleye', send: raw(peer) })
    ways.push({ user, front: 'websocket', send: raw(new Client({ connection })) })
    ways.push({ user, front: 'http', send: post })
  }
})

afterAll(async () => {
  for (const client of clients) await client.close()
  await gateway.close()
  await pool.close()
  await game.close()
})

it('nothing that a role does not name reaches the server, by any front', async () => {
  const reached = new Set<string>()
  await fc.assert(
    fc.asyncProperty(hostileCommands, async (text) => {
      for (const { user, front, send } of ways) {
        executed.length = 0
        await send(text).catch(() => {})
        for (const command of executed) {
          reached.add(`${user} ${front} ${command}`)
          for (const name of namesThatServersMayRead(command)) expect(COMMANDS[user]).toContain(name)
        }
      }
    }),
    { numRuns: 60, seed: 17, examples: [['players'], ['SAY\t-1 hello']] },
  )
  // What the roles name does, by each.
  const expected = ['battleye', 'websocket', 'http'].flatMap((front) => [
    `reader ${front} players`,
    `speaker ${front} SAY -1 hello`,
  ])
  expect([...reached]).toEqual(expect.arrayContaining(expected))
  expect([...reached].filter((line) => line.startsWith('nobody'))).toEqual([])
})
