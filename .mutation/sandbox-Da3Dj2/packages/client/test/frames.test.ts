// @ts-nocheck
import { Socket } from 'node:dgram'
import { AsyncRconClient, RconClientCache } from '@bercon/client'
import { RconServer } from '@bercon/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

// Anyone who reads a stack trace goes through every call between the wire and a user's code. The calls of the built
// packages are counted; those of Node and of this test are not.
const OURS = /[\\/]packages[\\/]\w+[\\/](?:dist|src)[\\/]/

const PLAYERS = [
  'Players on server:',
  '[#] [IP Address]:[Port] [Ping] [GUID] [Name]',
  '--------------------------------------------------',
  '(0 players in total)',
].join('\n')

type Flow =
  | 'login → socket'
  | 'kick() → socket'
  | 'message → listener'
  | 'chat → listener'
  | 'players → cache'

const flows = new Map<Flow, readonly string[]>()
const usualLimit = Error.stackTraceLimit

/** Keeps the calls that led here the first time. */
function note(flow: Flow): void {
  if (flows.has(flow)) return
  const lines = new Error(flow).stack?.split('\n') ?? []
  flows.set(
    flow,
    lines.filter((line) => OURS.test(line)),
  )
}

class NotingCache extends RconClientCache {
  override receivePlayers(...given: Parameters<RconClientCache['receivePlayers']>): void {
    note('players → cache')
    super.receivePlayers(...given)
  }
}

beforeAll(async () => {
  Error.stackTraceLimit = 100
  const { send } = Socket.prototype
  let sending: Flow | undefined = 'login → socket'
  vi.spyOn(Socket.prototype, 'send').mockImplementation(function (this: Socket, ...given: unknown[]) {
    if (sending !== undefined) note(sending)
    sending = undefined
    Reflect.apply(send, this, given)
  })
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: (text) => (text === 'players' ? PLAYERS : ''),
  })
  const { port } = await server.listen()
  const client = new AsyncRconClient({ cache: new NotingCache(), playersIntervalMs: 0 })
  await client.connect('127.0.0.1', port, 'hunter2')
  await client.fetchPlayers()
  sending = 'kick() → socket'
  await client.kick(3, 'afk')
  client.listen('message', () => note('message → listener'))
  client.listen('playerMessage', () => note('chat → listener'))
  const chat = client.waitFor('playerMessage')
  server.broadcast('(Global) Rook: hello')
  await chat
  await client.close()
  await server.close()
})

afterAll(() => {
  Error.stackTraceLimit = usualLimit
  vi.restoreAllMocks()
})

it.each<[Flow, number]>([
  ['login → socket', 5],
  ['kick() → socket', 9],
  ['message → listener', 8],
  ['chat → listener', 9],
  ['players → cache', 10],
])('%s takes at most %i calls', (flow, most) => {
  const calls = flows.get(flow) ?? []
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(most)
  // A counter that sees no call at all would not see one too many.
  expect(calls.length).toBeGreaterThan(1)
})
