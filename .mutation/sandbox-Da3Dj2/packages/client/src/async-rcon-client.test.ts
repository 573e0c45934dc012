// @ts-nocheck
import { inspect } from 'node:util'
import { RconServer } from '@bercon/server'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newConnection } from '../test/hand-held-connection.js'
import { AsyncRconClient } from './async-rcon-client.js'

const PASSWORD = 'correct-horse'

let simulator: Simulator
let clients: AsyncRconClient[] = []

beforeEach(async () => {
  simulator = await startSimulator({ password: PASSWORD, bots: false })
})

afterEach(async () => {
  for (const client of clients) await client.close()
  clients = []
  await simulator.close()
})

async function connected(): Promise<AsyncRconClient> {
  const client = new AsyncRconClient({ playersIntervalMs: 0 })
  clients.push(client)
  return client.connect('127.0.0.1', simulator.port, PASSWORD)
}

describe('connect and close', () => {
  it('await using closes at the end of the block, and connect returns the client itself', async () => {
    let inside: AsyncRconClient
    {
      await using client = await new AsyncRconClient().connect('127.0.0.1', simulator.port, PASSWORD)
      inside = client
      expect(client.isConnected()).toBe(true)
    }
    expect(inside.state).toBe('closed')
    await expect(inside.closed).resolves.toBeUndefined()
  })

  it('using removes a listener at the end of the block, and so does a call', async () => {
    const client = await connected()
    {
      using off = client.listen('playerKick', () => {})
      expect(off).toBeTypeOf('function')
      expect(client.dispatch.listenerCount('playerKick')).toBe(1)
    }
    expect(client.dispatch.listenerCount('playerKick')).toBe(0)
    client.listen('playerKick', () => {})()
    expect(client.dispatch.listenerCount('playerKick')).toBe(0)
  })

  it('a signal cancels a login at once, with its reason, and the login can be tried again', async () => {
    simulator.crash()
    const client = new AsyncRconClient()
    clients.push(client)
    const controller = new AbortController()
    const connecting = client.connect('127.0.0.1', simulator.port, PASSWORD, { signal: controller.signal })
    const failed = expect(connecting).rejects.toMatchObject({ name: 'AbortError' })
    controller.abort()
    await failed
    expect(client.isRunning()).toBe(false)
    simulator.revive()
    await client.connect('127.0.0.1', simulator.port, PASSWORD)
    expect(client.isConnected()).toBe(true)
  })

  it('closed settles with the refusal that ended the client, and waiting calls fail with it', async () => {
    const { client, end } = newConnection()
    const waited = client.waitFor('playerKick').catch((error: unknown) => error)
    const refusal = new Error('refused at a reconnect')
    end(refusal)
    expect(await client.closed).toBe(refusal)
    expect(await waited).toBe(refusal)
  })
})

it('joinsAndLeaves is a loop over joins and leaves, which ends with the client', async () => {
  const { client, say, end } = newConnection()
  const changes = client.joinsAndLeaves()
  say('Player #3 Rook (192.0.2.7:2304) connected')
  say('Player #3 Rook (-) has been kicked by BattlEye: Admin Kick (afk)')
  say('Player #3 Rook disconnected')
  end(undefined)
  await client.closed
  const seen: string[] = []
  for await (const { kind, player } of changes) seen.push(`${kind} ${player.name}`)
  expect(seen).toEqual(['join Rook', 'leave Rook'])
})

describe('a deadline', () => {
  it('is one for all the commands of an operation', async () => {
    const { client, asked } = newConnection()
    await client.unban('192.0.2.7', { timeoutMs: 1_000 })
    expect(asked.map(({ text, timeoutMs }) => [text, timeoutMs])).toEqual([
      ['bans', 1_000],
      ['removeBan 1', 300],
      ['removeBan 0', 0],
    ])
  })

  it('defaults to that of the connection', async () => {
    const { client, asked } = newConnection()
    await client.unban(3)
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([undefined])
  })
})

describe('a password', () => {
  it('does not appear in any view of a client', async () => {
    const client = await connected()
    const shown = [inspect(client, { depth: 20, showHidden: true }), JSON.stringify(client), String(client)]
    for (const text of shown) expect(text).not.toContain(PASSWORD)
  })

  it('is in no error of the login', async () => {
    const client = new AsyncRconClient()
    const wrong = `${PASSWORD}!`
    const error = await client.connect('127.0.0.1', simulator.port, wrong).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'login-refused' })
    for (const text of [inspect(error), JSON.stringify(error), inspect(client)])
      expect(text).not.toContain(wrong)
  })
})

it('what is wrong with an argument is the rejection of a promise, never thrown by the call', async () => {
  const { client, say } = newConnection()
  say('Player #3 Ann (192.0.2.1:2304) connected')
  const ann = client.getPlayer(3)
  if (ann === undefined) throw new Error('Ann is missing')
  const calls: readonly (() => Promise<unknown>)[] = [
    () => client.kick(-1),
    () => client.ban('nobody'),
    () => client.unban('nobody'),
    () => client.sendCommand('a\nb'),
    () => client.fetchPlayers({ timeoutMs: -1 }),
    () => ann.kick('a\nb'),
    () => ann.ban(0),
    () => ann.banGuid(),
    () => ann.banIp(0.5),
    () => ann.send('a\nb'),
  ]
  const promises = calls.map((call) => call())
  for (const promise of promises) promise.catch(() => {})
  for (const promise of promises) await expect(promise).rejects.toMatchObject({ code: 'invalid-argument' })
})

it('options that are out of range, unknown, or without effect beside a connection are refused by name', () => {
  expect(() => new AsyncRconClient({ keepAliveMs: -1 })).toThrow('keepAliveMs')
  const misspelt = { keepAlive: 1 } as object
  expect(() => new AsyncRconClient(misspelt)).toThrow('keepAlive')
  const { connection } = newConnection()
  expect(() => new AsyncRconClient({ connection, keepAliveMs: 1_000 })).toThrow(
    expect.objectContaining({ code: 'invalid-argument', argument: 'keepAliveMs' }),
  )
})

describe('a refusal', () => {
  const refusal = expect.objectContaining({ code: 'login-refused' })

  it('is remembered until another login begins, not only until one is requested', async () => {
    const client = new AsyncRconClient()
    clients.push(client)
    await expect(client.connect('127.0.0.1', simulator.port, 'wrong')).rejects.toEqual(refusal)
    await expect(client.connect('127.0.0.1', 0, PASSWORD)).rejects.toMatchObject({ argument: 'port' })
    await expect(
      client.connect('127.0.0.1', simulator.port, PASSWORD, { signal: AbortSignal.abort('no') }),
    ).rejects.toBe('no')
    expect(() => client.isLoggedIn()).toThrow(refusal)
    const connected = client.connect('127.0.0.1', simulator.port, PASSWORD)
    expect(client.isLoggedIn()).toBeUndefined()
    await connected
    expect(client.isLoggedIn()).toBe(true)
  })

  it('at a reconnect is remembered permanently', async () => {
    const client = new AsyncRconClient({
      keepAliveMs: 20,
      minResendIntervalMs: 5,
      forgottenAfterPackets: 3,
      forgottenAfterMs: 30,
      reconnectDelayMs: 5,
    })
    clients.push(client)
    await client.connect('127.0.0.1', simulator.port, PASSWORD)
    // The first answer to a command measures the round trip, and so how long a silence is significant.
    await client.sendCommand('version')
    simulator.server.setPassword('another')
    simulator.crash()
    simulator.revive()
    expect(await client.closed).toEqual(refusal)
    expect(() => client.isLoggedIn()).toThrow(refusal)
  })
})

it('300 commands at once: all answered correctly, first sent in the order of the calls', async () => {
  const executed: string[] = []
  await using server = new RconServer({
    password: PASSWORD,
    onCommand: (command) => {
      executed.push(command)
      return `reply to ${command}`
    },
  })
  const { port } = await server.listen()
  await using client = new AsyncRconClient({ playersIntervalMs: 0 })
  await client.connect('127.0.0.1', port, PASSWORD)
  const asked = Array.from({ length: 300 }, (_, index) => `command ${index}`)
  const replies = await Promise.all(asked.map((text) => client.sendCommand(text)))
  expect(replies).toEqual(asked.map((text) => `reply to ${text}`))
  expect(executed).toEqual(asked)
})
