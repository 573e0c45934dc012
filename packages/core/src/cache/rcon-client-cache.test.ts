import { describe, expect, it } from 'vitest'
import { newCache, row } from '../../test/cache-script.js'
import { parseServerMessage } from '../parsers/server-message.js'

const A = 'a'.repeat(32)
const B = 'b'.repeat(32)

describe('a join', () => {
  it('is known from its first line, and completed line by line', () => {
    const { cache, say } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    expect(cache.players.get(3)).toEqual({
      ...{ id: 3, name: 'Ann', guid: undefined, isGuidValid: false },
      ...{ ip: '192.0.2.3', port: 2304, ping: -1, inLobby: false },
    })
    say(`Player #3 Ann - BE GUID: ${A}`)
    expect(cache.players.get(3)).toMatchObject({ guid: A, isGuidValid: false })
    say(`Verified GUID (${A}) of player #3 Ann`)
    expect(cache.players.get(3)).toMatchObject({ guid: A, isGuidValid: true, ip: '192.0.2.3' })
  })

  it('is known from any of its lines if the others are lost', () => {
    const { cache, say } = newCache()
    say(`Player #1 Ann - GUID: ${A} (unverified)`)
    say(`Verified GUID (${B}) of player #2 Bob`)
    expect(cache.players.get(1)).toMatchObject({ name: 'Ann', guid: A, isGuidValid: false, ip: undefined })
    expect(cache.players.get(2)).toMatchObject({ name: 'Bob', guid: B, isGuidValid: true })
  })

  it('does not change if its lines are repeated', () => {
    const { cache, say } = newCache()
    const lines = ['Player #3 Ann (192.0.2.3:2304) connected', `Verified GUID (${A}) of player #3 Ann`]
    for (const line of lines) say(line)
    const ann = cache.players.get(3)
    for (const line of lines) say(line)
    expect(cache.players.get(3)).toBe(ann)
  })

  it('keeps its GUID when a legacy one arrives', () => {
    const { cache, say } = newCache()
    say(`Verified GUID (${A}) of player #3 Ann`)
    say(`Player #3 Ann - Legacy GUID: ${B}`)
    expect(cache.players.get(3)).toMatchObject({ guid: A, isGuidValid: true })
    say(`Player #4 Bob - Legacy GUID: ${B}`)
    expect(cache.players.get(4)).toMatchObject({ name: 'Bob', guid: undefined })
  })

  it('has no GUID for a headless client, whatever its owner’s is', () => {
    const { cache, say } = newCache()
    say('Player #29 hc01 (127.0.0.1:2316) connected')
    say('Verified GUID () of player #29 hc01')
    say(`Player #29 hc01 - Owner GUID: ${B}`)
    const unknown = { name: 'hc01', guid: undefined, isGuidValid: false }
    expect(cache.players.get(29)).toMatchObject({ ...unknown, ip: '127.0.0.1' })
    say(`Player #30 hc02 - Owner GUID: ${B}`)
    expect(cache.players.get(30)).toMatchObject({ ...unknown, name: 'hc02' })
    say(`Verified GUID (${A}) of player #3 Ann`)
    say(`Player #3 Ann - Owner GUID: ${B}`)
    say('Verified GUID () of player #3 Ann')
    expect(cache.players.get(3)).toMatchObject({ guid: A, isGuidValid: true })
  })
})

describe('a reused slot', () => {
  it('has a new player, without facts of the previous one', () => {
    const { cache, say } = newCache()
    say(`Verified GUID (${A}) of player #3 Ann`)
    say('Player #3 Bob (192.0.2.9:1) connected')
    expect(cache.players.get(3)).toMatchObject({ name: 'Bob', guid: undefined, isGuidValid: false })
  })

  it('has a new player if the name is the same but the GUID differs', () => {
    const { cache, say } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    say(`Verified GUID (${A}) of player #3 Ann`)
    say(`Player #3 Ann - BE GUID: ${B}`)
    expect(cache.players.get(3)).toMatchObject({ guid: B, isGuidValid: false, ip: undefined })
  })

  it('has a new player if the name is the same but the address differs', () => {
    const { cache, say } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    say(`Verified GUID (${A}) of player #3 Ann`)
    say('Player #3 Ann (192.0.2.4:2304) connected')
    expect(cache.players.get(3)).toMatchObject({ ip: '192.0.2.4', guid: undefined })
  })

  it('keeps the new player if the previous one’s leave arrives late', () => {
    const { say, names } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected', 0)
    say('Player #3 Bob (192.0.2.9:1) connected', 2)
    expect(say('Player #3 Ann disconnected', 1)).toMatchObject({ player: { name: 'Ann' }, kicked: false })
    expect(names()).toEqual({ 3: 'Bob' })
  })
})

describe('a leave', () => {
  it('removes the player in the slot, and reports them as they were', () => {
    const { say, names } = newCache()
    say(`Verified GUID (${A}) of player #3 Ann`)
    const left = { player: { name: 'Ann', guid: A, isGuidValid: true }, kicked: false }
    expect(say('Player #3 Ann disconnected')).toMatchObject(left)
    expect(names()).toEqual({})
  })

  it('of a player never mentioned is not an error, and still reports a player', () => {
    const { say, names } = newCache()
    expect(say('Player #8 Eve disconnected')).toMatchObject({ player: { id: 8, name: 'Eve' }, kicked: false })
    expect(names()).toEqual({})
  })

  it('that arrives before its join leaves no ghost', () => {
    const { say, names } = newCache()
    say('Player #3 Ann disconnected', 5)
    say(`Verified GUID (${A}) of player #3 Ann`, 4)
    say('Player #3 Ann (192.0.2.3:2304) connected', 2)
    expect(names()).toEqual({})
  })

  it('after a kick is the same leave, reported with kicked', () => {
    const { say, names } = newCache()
    say(`Verified GUID (${A}) of player #3 Ann`)
    const kick = say(`Player #3 Ann (${A}) has been kicked by BattlEye: Admin Kick (afk)`)
    expect(kick).toMatchObject({ player: { name: 'Ann', guid: A, isGuidValid: true }, kicked: false })
    expect(names()).toEqual({})
    expect(say('Player #3 Ann disconnected')).toEqual({ player: kick.player, kicked: true })
    expect(say('Player #3 Ann disconnected').kicked).toBe(false)
  })

  it('of the next player in the slot is unrelated to the previous one’s kick', () => {
    const { say } = newCache()
    say(`Player #3 Ann (${A}) has been kicked by BattlEye: Admin Kick`)
    say('Player #3 Bob (192.0.2.9:1) connected')
    expect(say('Player #3 Bob disconnected')).toMatchObject({ player: { name: 'Bob' }, kicked: false })
  })

  it('of a player who was kicked and came back is unrelated to the kick', () => {
    const { say } = newCache()
    say(`Player #3 Ann (${A}) has been kicked by BattlEye: Admin Kick`)
    say('Player #3 Ann (192.0.2.3:2304) connected')
    expect(say('Player #3 Ann disconnected').kicked).toBe(false)
  })

  it('by an ambiguous kick removes nobody', () => {
    const { say, names } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    const trick = `(${A}) has been kicked by BattlEye: x (${B}) has been kicked by BattlEye: y`
    expect(say(`Player #3 Ann ${trick}`).kicked).toBe(false)
    expect(names()).toEqual({ 3: 'Ann' })
  })
})

describe('a login', () => {
  it('restarts the numbers of lines, and keeps the players until the next list', () => {
    const { cache, say, names } = newCache()
    say('RCon admin #4 (192.0.2.9:1) logged in')
    say('Player #3 Ann (192.0.2.3:2304) connected', 900)
    cache.beginLogin()
    expect(cache.adminId).toBeUndefined()
    expect(names()).toEqual({ 3: 'Ann' })
    say('Player #3 Ann disconnected', 1)
    expect(names()).toEqual({})
  })

  it('is that of the first admin login by number', () => {
    const { cache, say } = newCache()
    say('RCon admin #4 (192.0.2.9:1) logged in')
    say('RCon admin #5 (192.0.2.8:1) logged in')
    expect(cache.adminId).toBe(4)
  })
})

describe('chat', () => {
  it('is about the player with the name, or about nobody if two have it', () => {
    const { say } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    expect(say('(Side) Ann: hello').player?.id).toBe(3)
    expect(say('RCon admin #0: (To Ann) hello').player?.id).toBe(3)
    say('Player #4 Ann (192.0.2.4:2304) connected')
    expect(say('(Side) Ann: hello').player).toBeUndefined()
    expect(say('RCon admin #0: (Global) hello').player).toBeUndefined()
  })
})

it('a line without a number counts as the newest', () => {
  const { cache, say, names } = newCache()
  say('Player #3 Ann (192.0.2.3:2304) connected', 7)
  cache.receiveMessage(parseServerMessage('Player #3 Ann disconnected'), undefined)
  expect(names()).toEqual({})
})

it('only changes are reported', () => {
  const { cache, say, list } = newCache()
  let changes = 0
  const end = cache.onChange(() => changes++)
  say('Player #3 Ann (192.0.2.3:2304) connected')
  say('Player #3 Ann (192.0.2.3:2304) connected')
  say('(Side) Ann: hello')
  expect(changes).toBe(1)
  list([row(3, 'Ann')])
  list([row(3, 'Ann')])
  expect(changes).toBe(2)
  end()
  say('Player #3 Ann disconnected')
  expect(changes).toBe(2)
})

describe('what a line says about its player', () => {
  it('is who they are, whether they are known or not', () => {
    const { say } = newCache()
    expect(say('Player #3 Ann (192.0.2.3:2304) connected')).toEqual({
      player: expect.objectContaining({ id: 3, name: 'Ann', ip: '192.0.2.3' }),
      kicked: false,
    })
    expect(say('(Side) Ann: hi')).toMatchObject({ player: { id: 3 }, kicked: false })
    expect(say('RCon admin #0: (To Ann) hi')).toMatchObject({ player: { id: 3 }, kicked: false })
  })

  it('is nobody for a name that is not on the server, and for a line about no player', () => {
    const { say } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    for (const line of ['(Side) Bob: hi', 'RCon admin #0: (Global) hi', 'Connected to BE Master', 'x'])
      expect(say(line)).toEqual({ player: undefined, kicked: false })
  })

  it('is not a fact about the present if the line is late, also after a line without a number', () => {
    const { cache, say } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected', 5)
    cache.receiveMessage(parseServerMessage(`Verified GUID (${A}) of player #3 Ann`), undefined)
    expect(say('Player #3 Ann disconnected', 3)).toMatchObject({ player: { name: 'Ann' }, late: true })
    expect(cache.players.has(3)).toBe(true)
  })
})

describe('a list that is older than the last line about a slot', () => {
  it('does not replace a player by another one with the same name and address', () => {
    const { cache, say, list } = newCache()
    say('Player #3 Ann (192.0.2.3:2304) connected', 5)
    say(`Verified GUID (${A}) of player #3 Ann`, 6)
    list([row(3, 'Ann', `${B}(OK)`)], 3)
    expect(cache.players.get(3)).toMatchObject({ guid: A })
  })

  it('still shows the address of a player whose GUID is the same', () => {
    const { cache, say, list } = newCache()
    say('Player #3 Ann (192.0.2.99:2304) connected', 5)
    say(`Verified GUID (${A}) of player #3 Ann`, 6)
    list([row(3, 'Ann', `${A}(OK)`)], 3)
    expect(cache.players.get(3)).toMatchObject({ guid: A, ip: '192.0.2.3', ping: 31 })
  })
})

it('a player who connects from another port is a new one, without facts of the previous one', () => {
  const { cache, say } = newCache()
  say('Player #3 Ann (192.0.2.3:2304) connected')
  say(`Verified GUID (${A}) of player #3 Ann`)
  say('Player #3 Ann (192.0.2.3:2305) connected')
  expect(cache.players.get(3)).toMatchObject({ port: 2305, guid: undefined, isGuidValid: false })
})
