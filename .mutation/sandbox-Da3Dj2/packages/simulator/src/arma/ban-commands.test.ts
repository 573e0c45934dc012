// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { GameWorld } from './game-world.js'

const ANN = 'a861bcfd187960c163d59666e2fd6798'
const BOB = 'df9999973170d474994801b0aae73193'
const MINUTE = 60_000

/** A world of two players, without pending messages. */
function twoPlayers(maxBans = 100): GameWorld {
  const world = new GameWorld({ bots: false, maxBans })
  world.join({ name: 'Ann', guid: ANN, ip: '192.0.2.1', port: 2304, ping: 31 })
  world.join({ name: 'Bob', guid: BOB, ip: '192.0.2.2', port: 2304, ping: 200, slot: 5 })
  world.takeMessages()
  return world
}

function namesIn(world: GameWorld): string[] {
  return world.players.map(({ name }) => name)
}

function banRows(world: GameWorld, now = 0): string[] {
  return world
    .execute('bans', 0, now)
    .split('\n')
    .filter((line) => /^\d/.test(line))
}

describe('ban', () => {
  it('lists the GUID, kicks, and kicks the player again if they come back', () => {
    const world = twoPlayers()
    expect(world.execute('ban 0 60 team killing', 0, 0)).toBe('')
    const kicked = `Player #0 Ann (${ANN}) has been kicked by BattlEye: Admin Ban (team killing)`
    expect(world.takeMessages()).toEqual([kicked])
    expect(banRows(world)).toEqual([`0  ${ANN} 60   team killing`])

    world.join({ name: 'Ann', guid: ANN, ip: '198.51.100.7', port: 2304 })
    expect(world.takeMessages()).toEqual([
      'Player #0 Ann (198.51.100.7:2304) connected',
      `Player #0 Ann - BE GUID: ${ANN}`,
      kicked,
    ])
  })

  it('expires, and stays listed until writeBans', () => {
    const world = twoPlayers()
    world.execute('ban 0 60 x', 0, 0)
    expect(banRows(world, 30 * MINUTE)).toEqual([`0  ${ANN} 30   x`])
    expect(banRows(world, 60 * MINUTE)).toEqual([`0  ${ANN} -    x`])
    world.join({ name: 'Ann', guid: ANN })
    expect(namesIn(world)).toEqual(['Ann', 'Bob'])
    expect(world.execute('writeBans', 0, 60 * MINUTE)).toBe('')
    expect(world.bans).toEqual([])
  })

  it.each([
    ['ban 0', 'perm'],
    ['ban 0 0', 'perm'],
    ['ban 0 -1', 'perm'],
    ['ban 0 0 x', 'perm x'],
    ['ban 0 go away', 'perm away'],
    ['ban 0 7 ', '7'],
    ['ban 0 7  x', '7     x'],
  ])('%j is listed as %j', (command, listed) => {
    const world = twoPlayers()
    world.execute(command, 0, 0)
    expect(banRows(world)).toEqual([`0  ${ANN} ${listed}`])
  })

  it('without a reason kicks as Admin Ban', () => {
    const world = twoPlayers()
    world.execute('ban 0', 0, 0)
    expect(world.takeMessages()[0]).toBe(`Player #0 Ann (${ANN}) has been kicked by BattlEye: Admin Ban`)
  })

  it('still kicks if the list is full', () => {
    const world = twoPlayers(1)
    world.execute('ban 0', 0, 0)
    world.execute('ban 5', 0, 0)
    expect(namesIn(world)).toEqual([])
    expect(world.bans).toHaveLength(1)
  })
})

describe('addBan', () => {
  it.each([`addBan ${ANN.toUpperCase()} 0 bye`, 'ADDBAN 192.0.2.1 5 bye'])(
    '%j kicks who is in the game',
    (command) => {
      const world = twoPlayers()
      expect(world.execute(command, 0, 0)).toBe('')
      expect(world.takeMessages()).toEqual([
        `Player #0 Ann (${ANN}) has been kicked by BattlEye: Admin Ban (bye)`,
      ])
    },
  )

  it('kicks a banned address before its GUID is known', () => {
    const world = twoPlayers()
    world.execute('addBan 203.0.113.5', 0, 0)
    world.join({ name: 'Eve', ip: '203.0.113.5', port: 1 })
    expect(world.takeMessages()).toEqual([
      'Player #1 Eve (203.0.113.5:1) connected',
      'Player #1 Eve (-) has been kicked by BattlEye: Admin Ban',
    ])
  })

  it('does not affect a player with a banned GUID until it is announced', () => {
    const world = new GameWorld({ bots: false })
    const slot = world.join({ name: 'Ann', guid: ANN, guidStatus: 'unknown' })
    world.execute(`addBan ${ANN}`, 0, 0)
    expect(namesIn(world)).toEqual(['Ann'])
    world.announceGuid(slot)
    expect(namesIn(world)).toEqual([])
  })

  it.each(['addBan Ann 5 x', 'addBan 5 5 x'])('%j creates a ban that affects nobody', (command) => {
    const world = twoPlayers()
    world.execute(command, 0, 0)
    expect(banRows(world)).toEqual(['0  0.0.0.0         5    x'])
    expect(namesIn(world)).toEqual(['Ann', 'Bob'])
  })

  it('has no effect without a target', () => {
    const world = twoPlayers()
    expect(world.execute('addBan', 0, 0)).toBe('')
    expect(world.bans).toEqual([])
  })
})

describe('removeBan', () => {
  it('uses the number in the list, which shifts', () => {
    const world = twoPlayers()
    for (const target of [ANN, '203.0.113.1', BOB, '203.0.113.2']) world.execute(`addBan ${target}`, 0, 0)
    const targets = () => banRows(world).map((row) => row.split(' ').filter(Boolean).slice(0, 2).join(' '))
    expect(targets()).toEqual([`0 ${ANN}`, `1 ${BOB}`, '2 203.0.113.1', '3 203.0.113.2'])
    expect(world.execute('removeBan 2', 0, 0)).toBe('')
    expect(targets()).toEqual([`0 ${ANN}`, `1 ${BOB}`, '2 203.0.113.2'])
    world.execute('removeban 0', 0, 0)
    expect(targets()).toEqual([`0 ${BOB}`, '1 203.0.113.2'])
  })

  it.each(['removeBan', 'removeBan 1', 'removeBan -1', 'removeBan x', 'removeBan 0 0'])(
    '%j removes nothing',
    (command) => {
      const world = twoPlayers()
      world.addBan({ target: ANN })
      expect(world.execute(command, 0, 0)).toBe('')
      expect(world.bans).toHaveLength(1)
    },
  )

  it('lets the banned player in again', () => {
    const world = twoPlayers()
    world.execute('ban 0 0 x', 0, 0)
    world.execute('removeBan 0', 0, 0)
    world.join({ name: 'Ann', guid: ANN })
    expect(namesIn(world)).toEqual(['Ann', 'Bob'])
  })
})

describe('loadBans', () => {
  it('kicks players in the game who were banned meanwhile', () => {
    const world = twoPlayers()
    world.addBan({ target: BOB, minutes: 5, reason: 'from the file' })
    expect(namesIn(world)).toEqual(['Ann', 'Bob'])
    expect(world.execute('loadBans', 0, 0)).toBe('')
    expect(world.takeMessages()[0]).toBe(
      `Player #5 Bob (${BOB}) has been kicked by BattlEye: Admin Ban (from the file)`,
    )
    expect(namesIn(world)).toEqual(['Ann'])
  })
})
