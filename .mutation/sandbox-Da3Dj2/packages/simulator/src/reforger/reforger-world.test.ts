// @ts-nocheck
import { decodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { REFORGER_WORLD_DEFAULTS, type ReforgerWorldOptions } from './reforger-options.js'
import { ReforgerWorld } from './reforger-world.js'

const ANN = 'b6955d91-4749-4cdb-9a51-e69f630ec435'
const BOB = '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d'
const HEADER = 'Players on server: [Player#] ; [Player UID] ; [Player Name]'

function withTwo(options: Partial<ReforgerWorldOptions> = {}): ReforgerWorld {
  const world = new ReforgerWorld({ bots: false, ...options })
  world.join({ name: 'Ann', identityId: ANN })
  world.join({ name: 'Bob B', identityId: BOB })
  return world
}

function textsOf(world: ReforgerWorld): readonly string[] {
  return world.takeActions().map((action) => {
    if (action.type !== 'message') return `${action.type}`
    const { message } = action
    return typeof message === 'string' ? message : decodeText(message)
  })
}

/** The output of a command without its echo. */
function run(world: ReforgerWorld, command: string, now = 0): string {
  expect(world.execute(command, 0, now)).toBe('')
  let at = now
  while ((world.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now + 10_000) {
    at = world.nextTimeout() ?? at
    world.handleTimeout(at)
  }
  const [echo, ...output] = textsOf(world)
  expect(echo).toBe(`Processing Command: ${command}`)
  return output.join('')
}

describe('a world of Reforger', () => {
  it('greets an admin, and does not answer a keep-alive', () => {
    const world = new ReforgerWorld({ bots: false })
    world.adminJoined({ id: 0, address: '192.0.2.1', port: 2304 }, 0)
    expect(textsOf(world)).toEqual(['Logged In! Client ID: #0'])
    expect([world.execute('', 0, 1), world.takeActions()]).toEqual(['', []])
  })

  it('with a whitelist executes only commands spelled the same', () => {
    const world = withTwo({ whitelist: ['#players'] })
    expect(run(world, '#players')).toContain(ANN)
    for (const command of ['players', '#PLAYERS', '#kick 1'])
      expect(run(world, command)).toBe('unknown command')
    expect(world.players).toHaveLength(2)
  })

  it.each([
    ['whitelist', 'players'],
    ['whitelist', [1]],
    ['maxClients', 17],
    ['maxClients', 0],
  ])('refuses a bad %s by name: %j', (argument, value) => {
    expect(() => new ReforgerWorld({ [argument]: value })).toThrow(expect.objectContaining({ argument }))
  })

  it('requests that an admin who logs out is forgotten', () => {
    const world = new ReforgerWorld({ bots: false })
    const admin = 0
    world.adminJoined({ id: admin, address: '192.0.2.1', port: 2304 }, 0)
    world.takeActions()
    expect(world.execute('@logout', admin, 0)).toBe('')
    expect(world.takeActions()).toEqual([{ type: 'logout', admin }])
  })

  it('lists the players, with and without the sign', () => {
    const list = `${HEADER}\n1 ; ${ANN} ; Ann\n2 ; ${BOB} ; Bob B`
    const world = withTwo()
    expect([run(world, 'players'), run(world, '#players')]).toEqual([list, list])
    expect(run(new ReforgerWorld({ bots: false }), 'players')).toBe(HEADER)
  })

  it.each([
    ['#kick 1', "Player 'Ann' kicked!"],
    ['#kick 1 for nothing', "Player 'Ann' kicked!"],
    ['#kick 9', 'Player not found'],
    ['#kick Ann', 'Not Valid Player ID'],
    ['#kick 0', 'Not Valid Player ID'],
    ['#ban create 1 60 spam', "Player 'Ann' banned!"],
    [`#ban create ${BOB} 0`, `Player '${BOB}' banned!`],
    ['#ban create "Bob B" 60', "Player 'Bob B' banned!"],
    ['#ban create 1 abc', 'Not Valid time value in seconds'],
    ['#ban create 9 60', 'Player not found'],
    ['#ban create 1', ''],
    ['#ban remove Ann', 'User not found!'],
    ['#ban list', 'Processing ban listServer has no bans to list.'],
    ['#ban list x', 'Processing ban listNot Valid page number'],
    ['#bans list', 'unknown command'],
    ['constructor', 'unknown command'],
  ])('answers %s with %s', (command, output) => {
    expect(run(withTwo(), command)).toBe(output)
  })

  it('explains the ban commands', () => {
    expect(run(withTwo(), '#ban')).toMatch(/^Help for ban command\. \n#ban create/)
  })

  it('removes a banned player from the game for the length of the ban', () => {
    const world = withTwo()
    run(world, '#ban create 1 60 spam and more')
    expect(world.players.map(({ name }) => name)).toEqual(['Bob B'])
    expect(world.bans).toEqual([{ identityId: ANN, name: 'Ann', expiresAt: 60_000, reason: 'spam and more' }])
    world.handleTimeout(60_000)
    expect(world.bans).toEqual([])
  })

  it('lists bans in pages of 25', () => {
    const world = new ReforgerWorld({ bots: false })
    for (let ban = 0; ban < 26; ban++)
      world.addBan(`${String(ban).padStart(8, '0')}-749a-4cdb-9a51-e69f630ec435`, `B${ban}`)
    expect(run(world, '#ban list 1').match(/\n- [0-9]/g)).toHaveLength(25)
    expect(run(world, '#ban list 2')).toContain(
      'Total bans: 26 | Page: 2/2\n- Identity Id | Banned name\n- 00000025-',
    )
    expect(run(world, '#ban list 3')).toBe('Processing ban listPage not found!')
  })

  it('removes a ban by UUID or name, and by the beginning of a name if none is exact', () => {
    const world = withTwo()
    world.addBan(ANN, 'Foobar')
    expect(run(world, '#ban remove Foo')).toBe('Ban removed!')
    world.addBan(ANN, 'Foo1')
    world.addBan(BOB, 'Foo2')
    expect(run(world, '#ban remove Foo')).toMatch(/^Multiple users found! .*\nTotal bans: 2 \| Page: 1\/1\n/)
    expect(run(world, `#ban remove ${ANN}`)).toBe('Ban removed!')
    expect(world.bans.map(({ name }) => name)).toEqual(['Foo2'])
  })

  it('cuts outputs at the configured length, also within a character, with pauses between', () => {
    const world = new ReforgerWorld({ bots: false, chunkBytes: 5, chunkDelayMs: 400 })
    world.join({ name: 'Łódź', identityId: ANN })
    world.execute('players', 0, 0)
    const times: number[] = []
    const pieces: Uint8Array[] = []
    for (let at = world.nextTimeout(); at !== undefined; at = world.nextTimeout()) {
      world.handleTimeout(at)
      for (const action of world.takeActions())
        if (action.type === 'message' && action.message instanceof Uint8Array) {
          times.push(at)
          pieces.push(action.message)
        }
    }
    expect(times.slice(0, 3)).toEqual([0, 400, 800])
    const output = Buffer.concat(pieces.slice(1))
    expect(output.toString()).toBe(`${HEADER}\n1 ; ${ANN} ; Łódź`)
    expect(Math.max(...pieces.slice(1).map(({ length }) => length))).toBe(5)
  })

  it('runs one command after another', () => {
    const world = withTwo({ chunkDelayMs: 100 })
    world.execute('players', 0, 0)
    world.execute('#kick 1', 0, 50)
    world.handleTimeout(10_000)
    expect(textsOf(world).map((text) => text.slice(0, 27))).toEqual([
      'Processing Command: players',
      'Players on server: [Player#',
      'Processing Command: #kick 1',
      "Player 'Ann' kicked!",
    ])
  })

  it('sends nothing to an admin who has left', () => {
    const world = withTwo({ chunkDelayMs: 100 })
    const admin = 0
    world.adminJoined({ id: admin, address: '192.0.2.1', port: 2304 }, 0)
    world.execute('players', admin, 0)
    world.adminLeft(admin, 50)
    world.takeActions()
    world.handleTimeout(10_000)
    expect(world.takeActions()).toEqual([])
  })

  it('passes on commands that stop the game', () => {
    const world = withTwo()
    world.execute('#shutdown', 0, 0)
    expect(world.takeActions()[0]).toEqual({ type: 'game-command', text: '#shutdown', admin: 0 })
  })

  it('has bots who join and leave, the same with the same seed', () => {
    const after = (seed: number) => {
      const world = new ReforgerWorld({ seed, stayMs: 60_000, joinIntervalMs: 5_000 })
      world.handleTimeout(600_000)
      return world.players
    }
    expect(after(7)).toEqual(after(7))
    expect(after(7)).not.toEqual(after(8))
    expect(after(7).length).toBeGreaterThan(0)
  })

  it('refuses bad options, players and times by name', () => {
    expect(() => new ReforgerWorld({ chunkBytes: 0 })).toThrow(/chunkBytes/)
    expect(() => new ReforgerWorld({}, Number.NaN)).toThrow(/now/)
    expect(() => withTwo({ maxPlayers: 1 })).toThrow(/maxPlayers is 1/)
    expect(() => withTwo().join({ name: 'x', identityId: 'y' })).toThrow(/identityId/)
    expect(REFORGER_WORLD_DEFAULTS.chunkBytes).toBe(1_024)
  })
})
