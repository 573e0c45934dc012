// @ts-nocheck
import type { Column } from '../output/listing.js'
import type { PlayerRecord } from '../server/records.js'

/** The columns of a list of players; each kind of RCON has some of them. */
export const PLAYER_COLUMNS: readonly Column<PlayerRecord>[] = [
  { key: 'id', heading: '#', value: ({ id }) => id, align: 'right' },
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
  { key: 'ping', heading: 'Ping', value: ({ ping }) => ping, shown: shownPing, align: 'right' },
  {
    key: 'guid',
    heading: 'GUID',
    value: ({ guid }) => guid,
    shown: shownGuid,
    minWidth: 8,
    isIdentity: true,
  },
  {
    key: 'identityId',
    heading: 'Identity',
    value: ({ identityId }) => identityId,
    minWidth: 8,
    isIdentity: true,
  },
  { key: 'isGuidValid', heading: 'Verified', value: ({ isGuidValid }) => isGuidValid, shown: shownValidity },
  { key: 'ip', heading: 'IP', value: ({ ip }) => ip },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
  { key: 'inLobby', heading: 'In', value: ({ inLobby }) => inLobby, shown: shownPlace },
]

function shownPing({ ping = -1 }: PlayerRecord): string {
  return ping === -1 ? '-' : `${ping} ms`
}

function shownGuid({ guid = '-' }: PlayerRecord): string {
  return guid
}

function shownValidity({ isGuidValid }: PlayerRecord): string {
  return isGuidValid ? 'yes' : 'no'
}

function shownPlace({ inLobby }: PlayerRecord): string {
  return inLobby ? 'lobby' : 'game'
}
