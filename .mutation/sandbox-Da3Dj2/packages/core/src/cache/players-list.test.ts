// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { newCache, row } from '../../test/cache-script.js'

const A = 'a'.repeat(32)
const B = 'b'.repeat(32)

describe('a list', () => {
  it('is applied, and removes players who are not on it', () => {
    const { cache, say, list, names } = newCache()
    say('Player #1 Gone (192.0.2.1:2304) connected')
    list([row(2, 'Ann', `${A}(OK)`), row(4, 'Bob (Lobby)', `${B}(?) `, -1)])
    expect(names()).toEqual({ 2: 'Ann', 4: 'Bob' })
    expect(cache.players.get(2)).toMatchObject({ guid: A, isGuidValid: true, ping: 31, inLobby: false })
    expect(cache.players.get(4)).toMatchObject({ guid: B, isGuidValid: false, ping: -1, inLobby: true })
  })

  it('adds facts that the lines did not contain, and keeps a GUID that it lacks', () => {
    const { cache, say, list } = newCache()
    say(`Verified GUID (${A}) of player #2 Ann`)
    list([row(2, 'Ann', '-', 44)])
    expect(cache.players.get(2)).toMatchObject({ guid: A, isGuidValid: true, ip: '192.0.2.2', ping: 44 })
  })

  it('does not remove a player who joined after it was requested', () => {
    const { say, list, names } = newCache()
    say('Player #1 Ann (192.0.2.1:2304) connected', 0)
    say('Player #2 Bob (192.0.2.2:2304) connected', 1)
    list([row(1, 'Ann')], 0)
    expect(names()).toEqual({ 1: 'Ann', 2: 'Bob' })
  })

  it('does not restore a player who left after it was requested', () => {
    const { say, list, names } = newCache()
    say('Player #1 Ann (192.0.2.1:2304) connected', 0)
    say('Player #1 Ann disconnected', 1)
    list([row(1, 'Ann')], 0)
    expect(names()).toEqual({})
  })

  it('does not put the previous player into a slot that was reused after it was requested', () => {
    const { say, list, names } = newCache()
    say('Player #1 Ann (192.0.2.1:2304) connected', 0)
    say('Player #1 Bob (192.0.2.9:2304) connected', 1)
    list([row(1, 'Ann')], 0)
    expect(names()).toEqual({ 1: 'Bob' })
  })

  it('changes nothing if a row is unreadable or the total differs', () => {
    const { say, list, names } = newCache()
    say('Player #1 Ann (192.0.2.1:2304) connected')
    list([row(2, 'Bob'), 'nonsense'])
    list([row(2, 'Bob')], undefined, 2)
    list([row(2, 'Bob'), row(3, 'Forged')], undefined, 1)
    expect(names()).toEqual({ 1: 'Ann' })
    list([row(2, 'Bob')])
    expect(names()).toEqual({ 2: 'Bob' })
  })

  it('keeps the objects of players who did not change', () => {
    const { cache, list } = newCache()
    list([row(1, 'Ann'), row(2, 'Bob', '-', 31)])
    const [ann, bob] = [cache.players.get(1), cache.players.get(2)]
    list([row(1, 'Ann'), row(2, 'Bob', '-', 32)])
    expect(cache.players.get(1)).toBe(ann)
    expect(cache.players.get(2)).not.toBe(bob)
    expect(cache.players.get(2)).toEqual({ ...bob, ping: 32 })
  })

  it('shows another player if the GUID differs', () => {
    const { cache, list } = newCache()
    list([row(1, 'Ann', `${A}(OK)`)])
    list([row(1, 'Ann', `${B}(?) `)])
    expect(cache.players.get(1)).toMatchObject({ guid: B, isGuidValid: false })
  })

  it('does not take the suffix of a name for the lobby', () => {
    const { cache, say, list } = newCache()
    say('Player #1 Ann (Lobby) (192.0.2.1:2304) connected')
    list([row(1, 'Ann (Lobby)')])
    expect(cache.players.get(1)).toMatchObject({ name: 'Ann (Lobby)', inLobby: false, ping: 31 })
  })
})
