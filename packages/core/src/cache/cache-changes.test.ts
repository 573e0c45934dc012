import { describe, expect, it } from 'vitest'
import { newCache, row } from '../../test/cache-script.js'
import { newcomer } from './player-data.js'
import { forgetOldest, playerShown } from './rcon-client-cache.js'

const A = 'a'.repeat(32)
const MOST_SLOTS = 4_096

function watched() {
  const script = newCache()
  let changes = 0
  script.cache.onChange(() => changes++)
  return { ...script, changes: () => changes }
}

describe('a change', () => {
  it('is reported when the cache is cleared, and is none if it was empty', () => {
    const { cache, say, changes } = watched()
    cache.clear()
    expect(changes()).toBe(0)
    say('Player #3 Ann (192.0.2.3:2304) connected')
    cache.clear()
    expect(changes()).toBe(2)
    expect(cache.players.size).toBe(0)
  })

  it('is reported when a player leaves, and when a list shows that one has left', () => {
    const { say, list, changes } = watched()
    list([row(1, 'Ann'), row(2, 'Bob'), row(3, 'Eve')])
    say('Player #1 Ann disconnected')
    expect(changes()).toBe(2)
    // Two are gone, of whom the second must not undo the report of the first.
    list([])
    expect(changes()).toBe(3)
    list([])
    expect(changes()).toBe(3)
  })

  it('is reported at a kick, and not again when the player who was kicked, or one who was not there, leaves', () => {
    const { say, list, changes } = watched()
    list([row(1, 'Ann')])
    say(`Player #1 Ann (${A}) has been kicked by BattlEye: Admin Kick (afk)`)
    expect(changes()).toBe(2)
    say('Player #1 Ann disconnected')
    say('Player #2 Bob disconnected')
    expect(changes()).toBe(2)
  })

  it('is not reported to a listener that has been removed', () => {
    const { cache, say } = newCache()
    let changes = 0
    cache.onChange(() => changes++)()
    say('Player #3 Ann (192.0.2.3:2304) connected')
    expect(changes).toBe(0)
  })
})

describe('a kick', () => {
  const KICK = `Player #3 Ann (${A}) has been kicked by BattlEye: Admin Kick (afk)`

  it('shows its player with the GUID of the line, and is no leave yet', () => {
    const { say } = newCache()
    expect(say(KICK)).toEqual({ player: { ...newcomer(3, 'Ann'), guid: A }, kicked: false })
    expect(say('Player #3 Ann disconnected')).toEqual({
      player: { ...newcomer(3, 'Ann'), guid: A },
      kicked: true,
    })
  })

  it('of the login before says nothing about a leave of the next', () => {
    const { cache, say } = newCache()
    say(KICK)
    cache.beginLogin()
    expect(say('Player #3 Ann disconnected', 0)).toMatchObject({ kicked: false })
  })

  it('of a player who cannot be kicked is no kick of others', () => {
    const { say } = newCache()
    expect(say('(Side) Ann: hello')).toEqual({ player: undefined, kicked: false })
    expect(say('RCon admin #0: (Global) hello')).toEqual({ player: undefined, kicked: false })
    expect(say('RCon admin #0: (To Ann) hello')).toEqual({ player: undefined, kicked: false })
    expect(say('RCon admin #0 (192.0.2.8:1) logged in')).toEqual({ player: undefined, kicked: false })
  })
})

describe('a line about a slot that is older than the last', () => {
  it('reports the player as they are known, and that it is late', () => {
    const { cache, say } = newCache()
    say(`Verified GUID (${A}) of player #3 Ann`, 5)
    const ann = cache.players.get(3)
    expect(say('Player #3 Ann (192.0.2.3:2304) connected', 4)).toEqual({
      player: ann,
      kicked: false,
      late: true,
    })
    expect(say('Player #3 Bob disconnected', 4)).toEqual({
      player: newcomer(3, 'Bob'),
      kicked: false,
      late: true,
    })
  })
})

describe('the admin number', () => {
  it('is that of the first of two lines without a number', () => {
    const { cache } = newCache()
    const line = (adminId: number) =>
      ({ type: 'adminLogin', adminId, ip: '192.0.2.8', port: 1, raw: '' }) as const
    cache.receiveMessage(line(1), undefined)
    cache.receiveMessage(line(2), undefined)
    expect(cache.adminId).toBe(1)
  })
})

describe('a list', () => {
  const list = (script: ReturnType<typeof newCache>, text: string) => script.list([text])

  it.each([
    ['IP address', '3   192.0.2.9:2304   31   - Ann'],
    ['port', '3   192.0.2.3:2305   31   - Ann'],
  ])('shows another player if the %s alone differs and no GUID identifies them', (_what, text) => {
    const script = newCache()
    list(script, `3   192.0.2.3:2304   31   ${A}(OK) Ann`)
    list(script, text)
    expect(script.cache.players.get(3)).toMatchObject({ name: 'Ann', guid: undefined })
  })

  it('shows the same player at another address by a GUID that both have', () => {
    const script = newCache()
    list(script, `3   192.0.2.3:2304   31   ${A}(OK) Ann`)
    list(script, `3   192.0.2.9:2305   31   ${A}(?) Ann`)
    expect(script.cache.players.get(3)).toMatchObject({ guid: A, isGuidValid: false, ip: '192.0.2.9' })
  })

  it.each([
    ['a GUID', '192.0.2.3:2304   31   -', `192.0.2.3:2304   31   ${A}(?)`],
    ['that the GUID is verified', `192.0.2.3:2304   31   ${A}(?)`, `192.0.2.3:2304   31   ${A}(OK)`],
    ['the IP address', `192.0.2.3:2304   31   ${A}(OK)`, `192.0.2.9:2304   31   ${A}(OK)`],
    ['the port', `192.0.2.3:2304   31   ${A}(OK)`, `192.0.2.3:2305   31   ${A}(OK)`],
    ['the ping', `192.0.2.3:2304   31   ${A}(OK)`, `192.0.2.3:2304   32   ${A}(OK)`],
  ])('updates a player if %s alone is new', (_what, before, after) => {
    const { changes, ...script } = watched()
    list(script, `3   ${before} Ann`)
    list(script, `3   ${after} Ann`)
    const fresh = newCache()
    list(fresh, `3   ${after} Ann`)
    expect(script.cache.players.get(3)).toEqual(fresh.cache.players.get(3))
    expect(changes()).toBe(2)
  })

  it('updates a player who left the lobby', () => {
    const script = newCache()
    list(script, `3   192.0.2.3:2304   31   ${A}(OK) Ann (Lobby)`)
    list(script, `3   192.0.2.3:2304   31   ${A}(OK) Ann`)
    expect(script.cache.players.get(3)).toMatchObject({ name: 'Ann', inLobby: false })
  })

  it('shows another player if the name differs, though address and lobby are the same', () => {
    const script = newCache()
    list(script, `3   192.0.2.3:2304   31   ${A}(OK) Ann`)
    list(script, '3   192.0.2.3:2304   31   - Bob (Lobby)')
    expect(script.cache.players.get(3)).toMatchObject({ name: 'Bob', guid: undefined, inLobby: true })
  })
})

describe('the player of a row', () => {
  const shownRow = {
    id: 3,
    ip: '192.0.2.3',
    port: 2304,
    ping: 31,
    guid: undefined,
    guidStatus: undefined,
    name: 'Ann',
    lobby: false,
  }

  it('is as the cache knows them if it agrees', () => {
    const { cache, list } = newCache()
    list([`3   192.0.2.3:2304   31   ${A}(OK) Ann`])
    expect(playerShown(cache, shownRow)).toBe(cache.players.get(3))
  })

  it('is as in the row if the cache knows nobody or somebody else there, or another ping', () => {
    const { cache, list } = newCache()
    const asInRow = { ...newcomer(3, 'Ann'), ip: '192.0.2.3', port: 2304, ping: 31 }
    expect(playerShown(cache, shownRow)).toEqual(asInRow)
    list(['3   192.0.2.3:2304   31   - Bob'])
    expect(playerShown(cache, shownRow)).toEqual(asInRow)
    list(['3   192.0.2.3:2304   99   - Ann'])
    expect(playerShown(cache, shownRow)).toEqual(asInRow)
  })
})

describe('memory', () => {
  it('keeps 4,096 slots and forgets the oldest beyond', () => {
    const slots = new Map<number, unknown>()
    for (let slot = 0; slot < MOST_SLOTS; slot++) {
      slots.set(slot, slot)
      forgetOldest(slots)
    }
    expect(slots.size).toBe(MOST_SLOTS)
    slots.set(MOST_SLOTS, 0)
    forgetOldest(slots)
    expect([slots.size, slots.has(0), slots.has(1)]).toEqual([MOST_SLOTS, false, true])
  })

  it('of players and kicks is limited to as many slots', () => {
    const { cache, say } = newCache()
    for (let slot = 0; slot <= MOST_SLOTS; slot++) say(`Player #${slot} Ann (192.0.2.3:2304) connected`, slot)
    expect(cache.players.size).toBe(MOST_SLOTS)
    expect(cache.players.has(0)).toBe(false)
    // The line of the slot that was forgotten is not too old to count.
    expect(say('Player #0 Ann disconnected', 0)).not.toHaveProperty('late')
  })
})
