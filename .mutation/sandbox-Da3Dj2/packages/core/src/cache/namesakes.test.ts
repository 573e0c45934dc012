// @ts-nocheck
import { expect, it } from 'vitest'
import { parsePlayers, parseServerMessage } from '../parsers/index.js'
import { playerShown, RconClientCache } from './rcon-client-cache.js'

const GUID = '1'.repeat(32)

function list(row: string) {
  const reply = parsePlayers(`Players on server:\n${row}\n(1 players in total)`)
  if (reply === undefined) throw new Error('no list')
  return reply
}

const OLD = list(`1   192.0.2.4:2304        31   ${GUID}(OK) Player`)
const NEW = list('1   192.0.2.99:2305       31   - Player')

it('a namesake at another address does not get the GUID of the previous player', () => {
  const cache = new RconClientCache()
  cache.receivePlayers(OLD, -1)
  cache.receivePlayers(NEW, 0)
  expect(cache.players.get(1)).toMatchObject({ ip: '192.0.2.99', guid: undefined, isGuidValid: false })
  const [row] = NEW.players
  if (row !== undefined) expect(playerShown(cache, row)).toBe(cache.players.get(1))
})

it('a namesake who joined after the list was requested stays as the messages showed them', () => {
  const cache = new RconClientCache()
  cache.receiveMessage(parseServerMessage('Player #1 Player (192.0.2.99:2305) connected'), 5)
  cache.receivePlayers(OLD, 4)
  expect(cache.players.get(1)).toMatchObject({ ip: '192.0.2.99', guid: undefined })
})

it('the same player, by their GUID, may come from another address', () => {
  const cache = new RconClientCache()
  cache.receivePlayers(OLD, -1)
  cache.receivePlayers(list(`1   192.0.2.99:2305       31   ${GUID}(OK) Player`), 0)
  expect(cache.players.get(1)).toMatchObject({ ip: '192.0.2.99', guid: GUID, isGuidValid: true })
})

it('a player whose real name ends in (Lobby) is not in the lobby, nor in the returned list', () => {
  const cache = new RconClientCache()
  cache.receiveMessage(parseServerMessage('Player #1 Bob (Lobby) (192.0.2.4:2304) connected'), 0)
  const reply = list(`1   192.0.2.4:2304        31   ${GUID}(OK) Bob (Lobby)`)
  cache.receivePlayers(reply, 0)
  const [row] = reply.players
  expect(row && playerShown(cache, row)).toMatchObject({ name: 'Bob (Lobby)', inLobby: false })
})

it("the client's own admin number is that of the first login by number, not the first received", () => {
  const cache = new RconClientCache()
  cache.receiveMessage(parseServerMessage('RCon admin #7 (192.0.2.8:1) logged in'), 1)
  cache.receiveMessage(parseServerMessage('RCon admin #2 (192.0.2.9:1) logged in'), 0)
  cache.receiveMessage(parseServerMessage('RCon admin #5 (192.0.2.9:1) logged in'), undefined)
  expect(cache.adminId).toBe(2)
  cache.beginLogin()
  expect(cache.adminId).toBeUndefined()
})
