// @ts-nocheck
import { GameWorld, ReforgerWorld } from '@bercon/simulator'
import { describe, expect, test } from 'vitest'
import { createDialect, reforger } from '../src/index.js'
import { simulate } from './simulated-client.js'

const ANN = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
const BOB = '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d'

function builtIn(now = 0) {
  const world = new ReforgerWorld({ bots: false }, now)
  world.join({ name: 'Ann ; the 1st', identityId: ANN })
  world.join({ name: 'Bob', identityId: BOB })
  return world
}

test('an unknown option, or an RCON that does not exist, is refused by name', async () => {
  const { client, settle } = await simulate(() => builtIn())
  expect(() => reforger(client, { Rcon: 'auto' } as object)).toThrow(
    'There is no option "Rcon"; did you mean "rcon"?',
  )
  expect(() => reforger(client, { rcon: 'builtin' as 'built-in' })).toThrow(
    "rcon must be 'auto', 'built-in' or",
  )
  expect(() => createDialect({ modul: '' } as object)).toThrow('did you mean "module"?')
  await expect(settle(reforger(client).sendCommand('#x', { verifyend: true } as object))).rejects.toThrow(
    'There is no option "verifyend"; did you mean "verifyEnd"?',
  )
  await client.close()
})

describe('on a server with the built-in RCON', () => {
  test('a ban of 60 minutes is sent as 3600, and is listed and removed by its UUID', async () => {
    const world = builtIn()
    const { client, settle, executed } = await simulate(() => world)
    const server = reforger(client)
    await settle(server.ban(2, 60, 'spam and more'))
    expect(executed).toContain('#ban create 2 3600 spam and more')
    expect(world.bans).toMatchObject([
      { identityId: BOB, expiresAt: expect.any(Number), reason: 'spam and more' },
    ])
    expect(await settle(server.fetchBans())).toEqual([
      { target: BOB, name: 'Bob', reason: undefined, minutesLeft: undefined },
    ])
    expect(await settle(server.unban(BOB))).toBe(true)
    expect(await settle(server.unban(BOB))).toBe(false)
    expect(await settle(server.fetchBans())).toEqual([])
    await client.close()
  })

  test('an unknown command is an error, and one without output returns an empty text', async () => {
    const { client, settle } = await simulate(() => builtIn())
    await expect(settle(client.sendCommand('#nothing'))).rejects.toMatchObject({ code: 'unknown-command' })
    await expect(settle(client.sendCommand('#shutdown'))).resolves.toBe('')
    await client.close()
  })

  test('two callers at once take turns', async () => {
    const { client, settle, executed } = await simulate(() => builtIn())
    const server = reforger(client, { rcon: 'built-in' })
    const [players, help, name] = await settle(
      Promise.all([server.fetchPlayers(), server.sendCommand('#ban'), server.kick(2)]),
    )
    expect(players).toHaveLength(2)
    expect(help).toMatch(/^Help for ban command/)
    expect(name).toBeUndefined()
    expect(executed).toEqual(['#players', 'players', '#ban', '#kick 2'])
    await client.close()
  })

  test('a client that closes logs out at once, without waiting', async () => {
    const { client, settle, executed } = await simulate(() => builtIn())
    await settle(reforger(client).fetchPlayers())
    const closing = client.close()
    expect(client.state).toBe('closed')
    await settle(closing)
    expect(executed.at(-1)).toBe('@logout')
    await client.close()
    expect(executed.filter((command) => command === '@logout')).toHaveLength(1)
  })

  test('a message sent meanwhile becomes an event', async () => {
    const world = builtIn()
    const { client, settle } = await simulate(() => world)
    const lines: string[] = []
    client.listen('message', ({ text }) => lines.push(text))
    const connects: string[] = []
    client.listen('playerConnect', ({ name }) => connects.push(name))
    const players = reforger(client).fetchPlayers()
    world.emit('Player #7 Cy (192.0.2.7:2304) connected')
    await settle(players)
    expect([lines, connects]).toEqual([['Player #7 Cy (192.0.2.7:2304) connected'], ['Cy']])
    await client.close()
  })
})

describe('on a server with one place, and a whitelist of the list of players and the logout', () => {
  const guarded = (now: number) => {
    const options = { bots: false, maxClients: 1, whitelist: ['#players', '@logout'] }
    const world = new ReforgerWorld(options, now)
    world.join({ name: 'Ann', identityId: ANN })
    return world
  }

  test('each of 20 clients in a row finds the place free, and the list complete', async () => {
    const { client, settle, clock, reconnect } = await simulate(guarded)
    const began = clock.now()
    let current = client
    for (let count = 0; count < 20; count++) {
      const players = await settle(reforger(current).fetchPlayers())
      expect(players.map(({ name }) => name)).toEqual(['Ann'])
      await settle(current.close())
      current = await reconnect()
    }
    await settle(current.close())
    // Some seconds each; without a logout the place would stay occupied for 45 s after each.
    expect(clock.now() - began).toBeLessThan(20 * 12_000)
  })
})

describe('refused before anything is sent', () => {
  test.each([
    ['identityId', (server) => server.unban('Bob'), /whose name starts with it/],
    ['target', (server) => server.ban('Bob'), /a UUID/],
    ['minutes', (server) => server.ban(1, 0), /permanent ban/],
    ['minutes', (server) => server.ban(1, '60' as never), /minutes/],
  ] as readonly [string, (server: ReturnType<typeof reforger<'promise'>>) => Promise<unknown>, RegExp][])(
    'a bad %s',
    async (argument, act, message) => {
      const { client, settle, executed } = await simulate(() => builtIn())
      const refused = expect(settle(act(reforger(client)))).rejects
      await refused.toMatchObject({
        code: 'invalid-argument',
        argument,
        message: expect.stringMatching(message),
      })
      expect(executed).toEqual([])
      await client.close()
    },
  )
})

test('a list of players with a row forged by a name is an error with BattlEye’s RCON, too', async () => {
  const world = new GameWorld({ bots: false })
  world.join({ name: 'Ann' })
  const slot = world.join({ name: `Evil\n0   192.0.2.66:2304       31   ${'e'.repeat(32)}(OK) Admin` })
  const { client, settle } = await simulate(() => world)
  const server = reforger(client)
  const forged = { code: 'unexpected-reply', command: 'players', problem: 'wrong-total' }
  await expect(settle(server.fetchPlayers())).rejects.toMatchObject(forged)
  await expect(settle(server.fetchPlayers())).rejects.toMatchObject(forged)
  world.leave(slot)
  expect(await settle(server.fetchPlayers())).toMatchObject([{ id: 0, name: 'Ann' }])
  await client.close()
})
