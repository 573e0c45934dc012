import { parseBans, parsePlayers } from '@bercon/core'
import { expect, it } from 'vitest'
import type { PlayerRow } from '../../servers/list-rows.js'
import { bansTable, playersTable } from './battleye-tables.js'

const UUID = 'F526B06C-811A-4723-9D1B-0C1F2E3D4A5B'
const GUID = 'f526b06c811a47239d1b0c1f2e3d4a5b'

function player(id: number, name: string, identityId: string | null = UUID): PlayerRow {
  return {
    id,
    name,
    identityId,
    guid: null,
    isGuidValid: false,
    ip: null,
    port: null,
    ping: null,
    inLobby: false,
  }
}

it('a tool for BattlEye reads the players of Reforger', () => {
  const names = ['Rook', '(3 players in total)', '0   192.0.2.1:1  5  -  x', 'a\nb', '  spaces ', 'Ärger 火']
  const reply = parsePlayers(playersTable(names.map((name, id) => player(id + 1, name))))
  expect(reply).toMatchObject({ badRows: [], complete: true, totalMatches: true })
  expect(reply?.players.map(({ id, guid, ping }) => [id, guid, ping])).toEqual(
    names.map((_, id) => [id + 1, GUID, -1]),
  )
  expect(reply?.players.map(({ name }) => name.trim())).toEqual(
    names.map((name) => name.replace('\n', ' ').trim()),
  )
})

it('and a player without an identity, and nobody at all', () => {
  expect(parsePlayers(playersTable([player(1, 'Rook', null)]))?.players).toMatchObject([
    { name: 'Rook', guid: undefined },
  ])
  expect(parsePlayers(playersTable([]))).toMatchObject({ players: [], totalMatches: true })
})

it('and its bans, without what Reforger does not show', () => {
  const ban = {
    index: null,
    kind: 'identity',
    target: UUID,
    minutesLeft: null,
    isPermanent: null,
    reason: null,
  } as const
  const reply = parseBans(
    bansTable([
      { ...ban, name: 'Rook' },
      { ...ban, name: null },
    ]),
  )
  expect(reply?.bans).toMatchObject([
    { id: 0, kind: 'guid', target: GUID, reason: 'Rook' },
    { id: 1, kind: 'guid', target: GUID, reason: '' },
  ])
})
