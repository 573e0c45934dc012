// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { GameWorld } from './game-world.js'
import type { GameWorldOptions } from './game-world-options.js'

const ANN = 'a861bcfd187960c163d59666e2fd6798'
const BOB = 'df9999973170d474994801b0aae73193'

/** A world of two players, without pending messages. */
function twoPlayers(options: Partial<GameWorldOptions> = {}): GameWorld {
  const world = new GameWorld({ bots: false, ...options })
  world.join({ name: 'Ann', guid: ANN, ip: '192.0.2.1', port: 2304, ping: 31 })
  world.join({ name: 'Bob', guid: BOB, ip: '192.0.2.2', port: 2304, ping: 200, slot: 5 })
  world.takeMessages()
  return world
}

function namesIn(world: GameWorld): string[] {
  return world.players.map(({ name }) => name)
}

describe('commands that read', () => {
  it('players lists by slot', () => {
    const world = twoPlayers()
    world.join({ name: 'Cid', slot: 3, guidStatus: 'unknown', ip: '192.0.2.3', port: 1024, ping: -1 })
    expect(world.execute('players', 0, 0).split('\n').slice(3)).toEqual([
      `0   192.0.2.1:2304        31   ${ANN}(OK) Ann`,
      '3   192.0.2.3:1024        -1   - Cid',
      `5   192.0.2.2:2304        200  ${BOB}(OK) Bob`,
      '(3 players in total)',
    ])
  })

  it('players shows who is in the lobby and whose GUID is not verified', () => {
    const world = new GameWorld({ bots: false })
    const slot = world.join({ name: 'Ann', guid: ANN, ip: '192.0.2.1', port: 2304, guidStatus: 'unknown' })
    world.announceGuid(slot)
    world.toLobby(slot)
    expect(world.execute('players', 0, 0)).toContain(`${ANN}(?)  Ann (Lobby)\n`)
    world.verify(slot)
    world.toGame(slot)
    expect(world.execute('players', 0, 0)).toContain(`${ANN}(OK) Ann\n`)
  })

  it('admins lists the admins who are logged in', () => {
    const world = twoPlayers()
    world.adminJoined({ id: 0, address: '192.0.2.9', port: 50_960 }, 0)
    world.adminJoined({ id: 1, address: '192.0.2.8', port: 50_961 }, 0)
    world.adminLeft(0, 0)
    expect(world.execute('admins', 1, 0)).toMatch(/-{29}\n1 192\.0\.2\.8:50961\n$/)
  })

  it('missions lists the files of the game', () => {
    const world = twoPlayers({ missions: ['A.Altis.pbo'] })
    expect(world.execute('missions', 0, 0)).toBe('Missions on server:\nA.Altis.pbo\n')
    expect(twoPlayers({ game: 'dayz' }).execute('missions', 0, 0)).toBe('Missions on server:\n')
    expect(twoPlayers().missions.every((file) => file.endsWith('.pbo'))).toBe(true)
  })

  it('version has a number such as 1.217, and commands lists them all', () => {
    const world = twoPlayers()
    expect(world.execute('version', 0, 0)).toMatch(/\d\.\d{3}/)
    const listed = world.execute('commands', 0, 0).split('\n')
    expect(listed[0]).toBe('List of available commands:')
    expect(listed).toContain('kick [player #] [reason]')
    expect(listed).toHaveLength(19)
  })

  it('the keep-alive is answered with an empty reply', () => {
    expect(twoPlayers().execute('', 0, 0)).toBe('')
  })

  it.each(['PLAYERS', 'Players', 'players ', 'players now'])('%j is players', (command) => {
    expect(twoPlayers().execute(command, 0, 0)).toMatch(/^Players on server:\n/)
  })

  it.each(['foo', ' players', 'constructor', '__proto__', 'exit', '\0', 'players\n', 'say-1 x'])(
    '%j is no command',
    (command) => {
      expect(twoPlayers().execute(command, 0, 0)).toBe('Unknown command')
    },
  )
})

describe('kick', () => {
  it.each([
    ['arma3', []],
    ['dayz', ['Player #5 Bob disconnected']],
  ] as const)('on %s is followed by %j', (game, after) => {
    const world = twoPlayers({ game })
    expect(world.execute('Kick 5 afk  (too long)', 0, 0)).toBe('')
    expect(world.takeMessages()).toEqual([
      `Player #5 Bob (${BOB}) has been kicked by BattlEye: Admin Kick (afk  (too long))`,
      ...after,
    ])
    expect(namesIn(world)).toEqual(['Ann'])
  })

  it.each(['kick 5', 'kick 5 '])('%j has no reason', (command) => {
    const world = twoPlayers()
    world.execute(command, 0, 0)
    expect(world.takeMessages()[0]).toBe(`Player #5 Bob (${BOB}) has been kicked by BattlEye: Admin Kick`)
  })

  it('shows a dash for a GUID that was never announced', () => {
    const world = new GameWorld({ bots: false })
    world.join({ name: 'Ann', guidStatus: 'unknown' })
    world.execute('kick 0', 0, 0)
    expect(world.takeMessages()[1]).toBe('Player #0 Ann (-) has been kicked by BattlEye: Admin Kick')
  })

  it.each(['kick', 'kick 1', 'kick -1', 'kick Ann', 'kick  0', 'kick 0x0', 'ban', 'ban 1 5 x', 'ban  0'])(
    '%j has an empty reply and no effect',
    (command) => {
      const world = twoPlayers()
      expect(world.execute(command, 0, 0)).toBe('')
      expect(world.takeMessages()).toEqual([])
      expect(namesIn(world)).toEqual(['Ann', 'Bob'])
      expect(world.bans).toEqual([])
    },
  )
})

describe('say', () => {
  it.each([
    ['say -1 hello  all', 'RCon admin #3: (Global) hello  all'],
    ['Say -1', 'RCon admin #3: (Global) '],
    ['say 5 hi', 'RCon admin #3: (To Bob) hi'],
    ['say 5 ', 'RCon admin #3: (To Bob) '],
    ['say 4 hi', 'Player is unable to receive the message'],
  ])('%j sends every admin %j', (command, line) => {
    const world = twoPlayers()
    expect(world.execute(command, 3, 0)).toBe('')
    expect(world.takeMessages()).toEqual([line])
  })

  it.each(['say', 'say all hi', 'say -2 hi'])('%j sends no message', (command) => {
    const world = twoPlayers()
    expect(world.execute(command, 3, 0)).toBe('')
    expect(world.takeMessages()).toEqual([])
  })

  it('sends no line if the sender is not logged in', () => {
    const world = twoPlayers()
    expect(world.execute('say -1 hi', undefined, 0)).toBe('')
    expect(world.takeMessages()).toEqual([])
  })
})

describe('maxPing', () => {
  it('kicks a player who stays above the limit, after a while', () => {
    const world = twoPlayers({ highPingMs: 5000 })
    expect(world.execute('MaxPing 150', 0, 1000)).toBe('')
    expect(world.nextTimeout()).toBe(6000)
    world.handleTimeout(5999)
    expect(world.takeMessages()).toEqual([])
    world.handleTimeout(6000)
    expect(world.takeMessages()).toEqual([
      `Player #5 Bob (${BOB}) has been kicked by BattlEye: Ping too high (200)`,
    ])
    expect(world.nextTimeout()).toBeUndefined()
  })

  it('spares a player who drops below it in time, and starts over when the ping rises again', () => {
    const world = twoPlayers({ highPingMs: 5000 })
    world.execute('maxPing 150', 0, 0)
    world.handleTimeout(3000)
    world.setPing(5, 150)
    expect(world.nextTimeout()).toBeUndefined()
    world.setPing(5, 151)
    expect(world.nextTimeout()).toBe(8000)
  })

  it('has no limit with -1, and accepts no other text for that', () => {
    const world = twoPlayers()
    world.execute('maxPing 150', 0, 0)
    for (const command of ['maxPing', 'maxPing x', 'maxPing -2']) world.execute(command, 0, 0)
    expect(world.nextTimeout()).toBe(30_000)
    world.execute('maxPing -1', 0, 0)
    expect(world.nextTimeout()).toBeUndefined()
  })
})

describe('commands for the server', () => {
  it('passes on a new password', () => {
    const world = twoPlayers()
    expect(world.execute('rconpassword s3cret', 0, 0)).toBe('')
    expect(world.execute('RConPassword', 0, 0)).toBe('')
    expect(world.takeActions()).toEqual([{ type: 'password', password: 's3cret' }])
    expect(world.takeActions()).toEqual([])
  })

  it('passes on commands for the game', () => {
    const world = twoPlayers()
    expect(world.execute('#mission A.Altis veteran', 2, 0)).toBe('')
    expect(world.execute('#shutdown', undefined, 0)).toBe('')
    expect(world.takeActions()).toEqual([
      { type: 'game-command', text: '#mission A.Altis veteran', admin: 2 },
      { type: 'game-command', text: '#shutdown', admin: undefined },
    ])
  })

  it('locks and unlocks the game', () => {
    const world = twoPlayers()
    world.execute('#lock', 0, 0)
    expect(world.isLocked).toBe(true)
    world.execute('#UNLOCK', 0, 0)
    expect(world.isLocked).toBe(false)
  })

  it.each(['loadScripts', 'loadEvents', 'update'])('%s is answered with an empty reply', (command) => {
    expect(twoPlayers().execute(command, 0, 0)).toBe('')
  })
})

describe('RestrictRCon', () => {
  it.each([
    'kick 0',
    'ban 0',
    `addBan ${ANN}`,
    'removeBan 0',
    'loadBans',
    'writeBans',
    'maxPing 1',
    'RConPassword x',
  ])('disallows %j, which then has no effect', (command) => {
    const world = twoPlayers({ restricted: true })
    world.addBan({ target: BOB })
    expect(world.execute(command, 0, 0)).toBe('Disallowed command')
    expect(world.takeMessages()).toEqual([])
    expect(world.takeActions()).toEqual([])
    expect(world.nextTimeout()).toBeUndefined()
    expect(world.bans).toHaveLength(1)
  })

  it('allows reading and talking, and adds no commands', () => {
    const world = twoPlayers({ restricted: true })
    expect(world.execute('players', 0, 0)).toMatch(/^Players on server:/)
    expect(world.execute('say -1 hi', 0, 0)).toBe('')
    expect(world.execute('foo', 0, 0)).toBe('Unknown command')
  })
})

describe('a command longer than any client sends', () => {
  it('is truncated, so that it cannot fill the memory', () => {
    const world = twoPlayers()
    world.execute(`addBan 203.0.113.1 0 ${'x'.repeat(60_000)}`, 0, 0)
    expect(world.bans[0]?.reason.length).toBeLessThan(1391)
  })
})
