// @ts-nocheck
import { decodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { GameWorld } from '../arma/game-world.js'
import { ReforgerWorld } from '../reforger/reforger-world.js'

function newWorld() {
  const world = new GameWorld({ bots: false, maxPlayers: 3 })
  const ask = (text: string) => world.execute(text, 0, 0)
  return { world, ask }
}

describe('sim.…', () => {
  it('lets a player join, have a ping, chat, and leave, and says so', () => {
    const { world, ask } = newWorld()
    expect(ask('sim.join Ann')).toBe('Ann joined as #0.')
    expect(ask('SIM.JOIN Big Bob --ping 400')).toBe('Big Bob joined as #1.')
    expect(world.players).toMatchObject([
      { name: 'Ann', ping: 31 },
      { name: 'Big Bob', ping: 400 },
    ])
    world.takeMessages()
    expect(ask('sim.chat Big Bob hello: all')).toBe('Big Bob said it.')
    expect(ask('sim.ping Ann -1')).toBe('Ann has a ping of -1.')
    expect(world.players[0]?.ping).toBe(-1)
    ask('sim.leave Ann')
    ask('sim.kick Big Bob Client not responding')
    ask('sim.line Connected to BE Master')
    expect(world.takeMessages()).toEqual([
      '(Global) Big Bob: hello: all',
      'Player #0 Ann disconnected',
      expect.stringMatching(/^Player #1 Big Bob .* kicked by BattlEye: Client not responding$/),
      'Connected to BE Master',
    ])
  })

  it('means the longest matching name, or the one in quotes', () => {
    const { world, ask } = newWorld()
    for (const name of ['Ann', 'Ann Lee', '']) ask(`sim.join "${name}"`)
    world.takeMessages()
    ask('sim.chat Ann Lee hi')
    ask('sim.chat "Ann" Lee hi')
    ask('sim.chat "" hi')
    expect(world.takeMessages()).toEqual(['(Global) Ann Lee: hi', '(Global) Ann: Lee hi', '(Global) : hi'])
  })

  it('explains what it cannot do, and never throws', () => {
    const { ask } = newWorld()
    expect(ask('sim.leave Nobody')).toContain('Nobody')
    expect(ask('sim.dance')).toContain('chat NAME TEXT')
    for (const name of ['a', 'b', 'c']) ask(`sim.join ${name}`)
    expect(ask('sim.join d')).toContain('maxPlayers')
    expect(ask('sim.ping a fast')).toContain('ping')
  })

  it('can be called on a world, without the prefix, and calls its listener', () => {
    const { world } = newWorld()
    let calls = 0
    world.onWork(() => calls++)
    expect(world.simulate('join Ann --ping 5')).toBe('Ann joined as #0.')
    expect([world.players[0]?.ping, calls]).toEqual([5, 1])
  })

  it('is not listed among the commands of the game, nor disallowed by `RestrictRCon`', () => {
    const world = new GameWorld({ bots: false, restricted: true })
    expect(world.execute('commands', 0, 0)).not.toContain('sim.')
    expect(world.execute('sim.join Ann', 0, 0)).toBe('Ann joined as #0.')
  })
})

describe('sim.… of Reforger', () => {
  it('is answered by a message, like every command there', () => {
    const world = new ReforgerWorld({ bots: false })
    const admin = 0
    world.adminJoined({ id: admin, address: '192.0.2.1', port: 1 }, 0)
    world.takeActions()
    expect(world.execute('sim.join Ann', admin, 0)).toBe('')
    const texts = world
      .takeActions()
      .map((one) => one.type === 'message' && decodeText(one.message as Uint8Array))
    expect(texts).toEqual(['Ann joined as #1.'])
    expect(world.simulate('leave Ann')).toBe('Ann left.')
    expect(world.players).toEqual([])
  })
})
