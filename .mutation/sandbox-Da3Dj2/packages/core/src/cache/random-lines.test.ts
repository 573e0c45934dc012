// @ts-nocheck
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PlayerRow, parsePlayers } from '../parsers/players-reply.js'
import { parseServerMessage } from '../parsers/server-message.js'
import { RconClientCache } from './rcon-client-cache.js'

const slot = fc.nat({ max: 3 })
const name = fc.constantFrom(
  'Ann',
  'Bob',
  '',
  'x disconnected',
  `(${'a'.repeat(32)}) has been kicked by BattlEye: x`,
)
const guid = fc.constantFrom('a'.repeat(32), 'b'.repeat(32))
const address = fc.constantFrom('192.0.2.1:2304', '192.0.2.2:2305')

const line = fc.oneof(
  fc.tuple(slot, name, address).map(([id, who, from]) => `Player #${id} ${who} (${from}) connected`),
  fc.tuple(slot, name, guid).map(([id, who, hex]) => `Player #${id} ${who} - BE GUID: ${hex}`),
  fc.tuple(slot, name, guid).map(([id, who, hex]) => `Player #${id} ${who} - Legacy GUID: ${hex}`),
  fc.tuple(slot, name, guid).map(([id, who, hex]) => `Verified GUID (${hex}) of player #${id} ${who}`),
  fc.tuple(slot, name).map(([id, who]) => `Player #${id} ${who} disconnected`),
  fc
    .tuple(slot, name, guid)
    .map(([id, who, hex]) => `Player #${id} ${who} (${hex}) has been kicked by BattlEye: x`),
  name.map((who) => `(Side) ${who}: hello`),
  fc.string(),
)

/** Lines in any order; some are missing, some repeated, some without a number. */
const lines = fc.array(fc.record({ text: line, number: fc.option(fc.nat({ max: 40 }), { nil: undefined }) }))

const row = fc.record({
  id: slot,
  name,
  guid: fc.option(guid, { nil: undefined }),
  ping: fc.integer({ min: -1, max: 99 }),
})
const list = fc.uniqueArray(row, { selector: ({ id }) => id })

function reply(rows: readonly Pick<PlayerRow, 'id' | 'name' | 'guid' | 'ping'>[]) {
  const texts = rows.map(
    ({ id, name: who, guid: hex, ping }) =>
      `${id} 192.0.2.7:2304 ${ping} ${hex === undefined ? '-' : `${hex}(OK)`} ${who}`,
  )
  const parsed = parsePlayers(
    ['Players on server:', '---', ...texts, `(${rows.length} players in total)`].join('\n'),
  )
  if (parsed === undefined || parsed.totalMatches !== true) throw new Error('the list was not read')
  return parsed
}

it('after any lines, the cache does not throw and agrees with the next list', () => {
  fc.assert(
    fc.property(lines, list, (told, rows) => {
      const cache = new RconClientCache()
      for (const { text, number } of told) {
        const { player } = cache.receiveMessage(parseServerMessage(text), number)
        for (const [id, known] of cache.players) expect(known.id).toBe(id)
        if (player !== undefined) expect(player.name).toBeTypeOf('string')
      }
      cache.receivePlayers(reply(rows), 40)
      expect([...cache.players.keys()].sort()).toEqual(rows.map(({ id }) => id).sort())
      for (const { id, name: who, guid: hex, ping } of rows) {
        expect(cache.players.get(id)).toMatchObject({ name: who, ping, ip: '192.0.2.7', port: 2304 })
        if (hex !== undefined) expect(cache.players.get(id)).toMatchObject({ guid: hex, isGuidValid: true })
      }
    }),
    { numRuns: 200, seed: 1 },
  )
})

it('a list older than some lines does not overwrite the players they mention', () => {
  fc.assert(
    fc.property(lines, list, fc.nat({ max: 40 }), (told, rows, sentAfter) => {
      const cache = new RconClientCache()
      const newest = new Map<number, number>()
      for (const { text, number } of told) {
        const message = parseServerMessage(text)
        cache.receiveMessage(message, number)
        if (number === undefined || !('playerId' in message) || message.type === 'serverWarning') continue
        newest.set(message.playerId, Math.max(number, newest.get(message.playerId) ?? -1))
      }
      const before = new Map([...cache.players].map(([id, player]) => [id, player.name]))
      cache.receivePlayers(reply(rows), sentAfter)
      for (const [id, number] of newest)
        if (number > sentAfter) expect(cache.players.get(id)?.name).toBe(before.get(id))
    }),
    { numRuns: 300, seed: 2 },
  )
})
