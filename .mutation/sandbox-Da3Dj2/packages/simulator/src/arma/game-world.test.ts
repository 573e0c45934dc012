// @ts-nocheck
import { InvalidArgumentError } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { GameWorld } from './game-world.js'

const GUID = 'a861bcfd187960c163d59666e2fd6798'

function refusedArgument(act: () => unknown): string | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error.argument
    throw error
  }
  return undefined
}

describe('a world without bots', () => {
  it('does nothing by itself', () => {
    const world = new GameWorld({ bots: false })
    expect(world.nextTimeout()).toBeUndefined()
    world.handleTimeout(86_400_000)
    expect(world.players).toEqual([])
    expect(world.takeMessages()).toEqual([])
  })

  it('announces a whole join, and each step of a manual one', () => {
    const world = new GameWorld({ bots: false, guidLabel: 'GUID (unverified)' })
    const slot = world.join({ name: 'Ann', guid: GUID, ip: '192.0.2.1', port: 2304 })
    const joinLines = [
      'Player #0 Ann (192.0.2.1:2304) connected',
      `Player #0 Ann - GUID: ${GUID} (unverified)`,
      `Verified GUID (${GUID}) of player #0 Ann`,
    ]
    expect(world.takeMessages()).toEqual(joinLines)
    world.leave(slot)
    expect(world.takeMessages()).toEqual(['Player #0 Ann disconnected'])
    world.join({ name: 'Ann', guid: GUID, ip: '192.0.2.1', port: 2304, guidStatus: 'unknown' })
    world.announceGuid(slot)
    world.verify(slot)
    expect(world.takeMessages()).toEqual(joinLines)
    world.announceLegacyGuid(slot, GUID)
    expect(world.takeMessages()).toEqual([`Player #0 Ann - Legacy GUID: ${GUID}`])
  })

  it('proceeds with a join as far as requested', () => {
    const world = new GameWorld({ bots: false })
    world.join({ name: 'Ann', guidStatus: 'unknown' })
    world.join({ name: 'Bob', guidStatus: 'unverified' })
    expect(world.takeMessages()).toHaveLength(3)
    expect(world.players.map(({ guidStatus }) => guidStatus)).toEqual(['unknown', 'unverified'])
  })

  it('lets you chat, log, kick, and send any line', () => {
    const world = new GameWorld({ bots: false })
    const slot = world.join({ name: 'Ann', guid: GUID })
    world.takeMessages()
    world.chat(slot, 'Side', 'hi: all')
    world.filterLog(slot, { filter: 'Script', index: 3, text: 'x' })
    world.emit('Config entry: MaxPing 250')
    world.kick(slot, 'Client not responding')
    expect(world.takeMessages()).toEqual([
      '(Side) Ann: hi: all',
      `Script Log: #0 Ann (${GUID}) - #3 x`,
      'Config entry: MaxPing 250',
      `Player #0 Ann (${GUID}) has been kicked by BattlEye: Client not responding`,
    ])
  })

  it('reuses a free slot for the next join', () => {
    const world = new GameWorld({ bots: false })
    const slots = ['Ann', 'Bob', 'Cid'].map((name) => world.join({ name }))
    world.leave(1)
    expect([...slots, world.join({ name: 'Dan' }), world.join({ name: 'Eve', slot: 1717 })]).toEqual([
      0, 1, 2, 1, 1717,
    ])
  })

  it('refuses invalid arguments by name', () => {
    const world = new GameWorld({ bots: false, maxPlayers: 2 })
    world.join({ name: 'Ann' })
    expect(refusedArgument(() => world.join({ name: 'Bob', slot: 0 }))).toBe('slot')
    expect(refusedArgument(() => world.join({ name: 'Bob', slot: -1 }))).toBe('slot')
    expect(refusedArgument(() => world.join({ name: 'Bob', guid: 'abc' }))).toBe('guid')
    world.join({ name: 'Bob' })
    expect(refusedArgument(() => world.join({ name: 'Cid' }))).toBe('players')
    expect(refusedArgument(() => world.chat(7, 'Side', 'hi'))).toBe('playerId')
    expect(refusedArgument(() => world.handleTimeout(Number.NaN))).toBe('now')
    expect(refusedArgument(() => world.handleTimeout(Number.POSITIVE_INFINITY))).toBe('now')
  })

  it('calls a listener after each change from outside', () => {
    const world = new GameWorld({ bots: false })
    const heard: number[] = []
    world.onWork(() => heard.push(world.takeMessages().length))
    world.leave(world.join({ name: 'Ann' }))
    world.execute('players', 0, 0)
    expect(heard).toEqual([3, 1])
  })

  it('does not let time go backwards', () => {
    const world = new GameWorld({ bots: false }, 1000)
    world.execute(`addBan ${GUID} 1`, 0, 120_000)
    expect(world.execute('bans', 0, 5000)).toContain(`${GUID} 1\n`)
  })
})

describe('the admins of a world', () => {
  it('are announced, and listed by id', () => {
    const world = new GameWorld({ bots: false })
    world.adminJoined({ id: 0, address: '192.0.2.1', port: 1000 }, 0)
    world.adminJoined({ id: 1, address: '192.0.2.2', port: 1001 }, 0)
    world.adminLeft(0, 0)
    world.adminJoined({ id: 0, address: '2001:db8::1', port: 1002 }, 0)
    expect(world.takeMessages()).toEqual([
      'RCon admin #0 (192.0.2.1:1000) logged in',
      'RCon admin #1 (192.0.2.2:1001) logged in',
      'RCon admin #0 ([2001:db8::1]:1002) logged in',
    ])
    expect(world.admins.map(({ id }) => id)).toEqual([0, 1])
  })
})

describe('messages that are not taken', () => {
  it('are kept up to maxMessages, the newest ones, and the rest is counted', () => {
    const world = new GameWorld({ bots: false, maxMessages: 3 })
    for (let number = 0; number < 10; number += 1) world.emit(`line ${number}`)
    expect(world.droppedMessages).toBe(7)
    expect(world.takeMessages()).toEqual(['line 7', 'line 8', 'line 9'])
  })
})

describe('the options of a world', () => {
  it.each([
    ['seed', { seed: -1 }],
    ['game', { game: 'dayz2' as 'dayz' }],
    ['game', { game: 'toString' as 'dayz' }],
    ['guidLabel', { guidLabel: 'Legacy GUID' as 'GUID' }],
    ['initialPlayers', { initialPlayers: 1.5 }],
    ['maxPlayers', { maxPlayers: 0 }],
    ['chatIntervalMs', { chatIntervalMs: 0 }],
    ['maxBans', { maxBans: 1.5 }],
    ['missions', { missions: 'A.Altis.pbo' as unknown as string[] }],
    ['bots', { bots: 1 as unknown as boolean }],
    ['chatty', { chatty: true } as object],
  ])('are refused by name: %s in %j', (name, options) => {
    expect(refusedArgument(() => new GameWorld(options))).toBe(name)
  })
})
