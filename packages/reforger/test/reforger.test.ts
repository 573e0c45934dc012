import type { Performer, Request } from '@bercon/core'
import { GameWorld, ReforgerWorld } from '@bercon/server/simulator'
import { describe, expect, test } from 'vitest'
import { createDialect, reforger } from '../src/index.js'
import { simulate } from './simulated-client.js'

const ANN = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
const BOB = '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d'
const GUID = 'a861bcfd187960c163d59666e2fd6798'

function builtIn(now = 0) {
  const world = new ReforgerWorld({ bots: false }, now)
  world.join({ name: 'Ann ; the 1st', uuid: ANN })
  world.join({ name: 'Bob', uuid: BOB })
  return world
}

function battleye(now = 0) {
  const world = new GameWorld({ bots: false }, now)
  world.join({ name: 'Ann', slot: 3, guid: GUID })
  return world
}

describe('on a server with the built-in RCON', () => {
  test('players have a number, a UUID and a name', async () => {
    const { client, settle, executed } = await simulate(() => builtIn())
    expect(await settle(reforger(client).fetchPlayers())).toEqual([
      { number: 1, uuid: ANN, name: 'Ann ; the 1st', guid: undefined },
      { number: 2, uuid: BOB, name: 'Bob', guid: undefined },
    ])
    expect(new Set(executed)).toEqual(new Set(['players', '#players']))
    await client.close()
  })

  test('a ban of 60 minutes is sent as 3600, and is listed and lifted by its UUID', async () => {
    const world = builtIn()
    const { client, settle, executed } = await simulate(() => world)
    const server = reforger(client)
    await settle(server.ban(2, { minutes: 60 }, 'spam and more'))
    expect(executed).toContain('#ban create 2 3600 spam and more')
    expect(world.bans).toMatchObject([{ uuid: BOB, expiresAt: expect.any(Number), reason: 'spam and more' }])
    expect(await settle(server.fetchBans())).toEqual([
      { target: BOB, name: 'Bob', reason: undefined, minutesLeft: undefined },
    ])
    expect(await settle(server.unban(BOB))).toBe(true)
    expect(await settle(server.unban(BOB))).toBe(false)
    expect(await settle(server.fetchBans())).toEqual([])
    await client.close()
  })

  test('every page of a long list of bans is read', async () => {
    const world = builtIn()
    for (let ban = 0; ban < 60; ban++)
      world.addBan(`${ban.toString().padStart(8, '0')}-749a-4cdb-9a51-e69f630ec435`, `banned ${ban} | x`)
    const { client, settle } = await simulate(() => world)
    const bans = await settle(reforger(client, { rcon: 'built-in' }).fetchBans())
    expect(bans.map(({ name }) => name)).toEqual(world.bans.map(({ name }) => name))
    await client.close()
  })

  test('a kick that the server does not carry out is an error with what it says', async () => {
    const { client, settle } = await simulate(() => builtIn())
    const server = reforger(client)
    await expect(settle(server.kick(9))).rejects.toMatchObject({
      code: 'unexpected-reply',
      reply: 'Player not found',
    })
    await expect(settle(server.kick(1))).resolves.toBeUndefined()
    expect(await settle(server.fetchPlayers())).toHaveLength(1)
    await client.close()
  })

  test('an unknown command is an error, and one without output gives an empty text', async () => {
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
    expect(executed).toEqual(['players', '#players', '#ban', '#kick 2'])
    await client.close()
  })

  test('what is said live comes as an event', async () => {
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

describe('on a server with the RCON of BattlEye', () => {
  test('everything is as with BattlEye: minutes, GUIDs, replies', async () => {
    const world = battleye()
    const { client, settle, executed } = await simulate(() => world)
    const server = reforger(client)
    expect(await settle(server.fetchPlayers())).toEqual([
      { number: 3, uuid: undefined, name: 'Ann', guid: GUID },
    ])
    await settle(server.ban(3, { minutes: 60 }, 'spam'))
    expect(executed).toContain('ban 3 60 spam')
    expect(await settle(server.fetchBans())).toEqual([
      { target: GUID, name: undefined, reason: 'spam', minutesLeft: 60 },
    ])
    expect(await settle(server.unban(GUID))).toBe(true)
    expect(await settle(server.unban(GUID))).toBe(false)
    await expect(settle(server.kick(3))).resolves.toBeUndefined()
    expect(await settle(server.rcon())).toBe('battleye')
    await client.close()
  })

  test('seconds that are no whole minutes are refused', async () => {
    const { client, settle } = await simulate(() => battleye())
    const server = reforger(client, { rcon: 'battleye' })
    await expect(settle(server.ban(3, { seconds: 90 }))).rejects.toMatchObject({ argument: 'seconds' })
    await settle(server.ban(3, { seconds: 120 }))
    await client.close()
  })
})

describe('refused before anything is sent', () => {
  test.each([
    ['uuid', (server) => server.unban('Bob'), /only begins like it/],
    ['target', (server) => server.ban('Bob', 'forever'), /a UUID/],
    ['minutes', (server) => server.ban(1, { minutes: 0 }), /at least 1|from 1/],
    ['length', (server) => server.ban(1, 60 as never), /minutes/],
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

test('the RCON can be set', async () => {
  const dialect = createDialect({ rcon: 'built-in', quietMs: 200 })
  const { client, settle } = await simulate(() => builtIn(), { dialect })
  expect(await settle(reforger(client, { rcon: 'built-in' }).fetchPlayers())).toHaveLength(2)
  await client.close()
})

test('a client that blocks is given plain values', () => {
  const replies: Readonly<Record<string, string>> = {
    players: `Players on server: [Player#] ; [Player UID] ; [Player Name]\n1 ; ${ANN} ; Ann`,
    '#kick 1': "Player 'Ann' kicked!",
    '#mod list': 'a b',
  }
  const sent: Request[] = []
  const blocking: Performer<'sync'> = {
    kind: 'sync',
    perform: (begin) => {
      const steps = begin()
      let step = steps.next()
      while (!step.done) {
        sent.push(step.value)
        step = steps.next(replies[step.value.text] ?? '')
      }
      return step.value
    },
  }
  const server = reforger(blocking)
  expect(server.fetchPlayers()).toEqual([{ number: 1, uuid: ANN, name: 'Ann', guid: undefined }])
  expect(server.kick(1)).toBeUndefined()
  expect(server.sendCommand('#mod list', { whole: true, resend: true })).toBe('a b')
  expect(sent).toEqual([
    { text: 'players', resend: true, whole: true },
    { text: '#kick 1', resend: false },
    { text: '#mod list', resend: true, whole: true },
  ])
})
