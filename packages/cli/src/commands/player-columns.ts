import type { Column } from '../output/listing.js'
import type { Rcon } from '../server/game-server.js'
import type { PlayerRecord } from '../server/records.js'

const ID: Column<PlayerRecord> = { key: 'id', heading: '#', value: ({ id }) => id, align: 'right' }
const NAME: Column<PlayerRecord> = { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 }

/** The columns for Reforger's built-in RCON, which shows no more. */
const REFORGER_PLAYERS: readonly Column<PlayerRecord>[] = [
  ID,
  NAME,
  { key: 'uuid', heading: 'Identity', value: ({ uuid }) => uuid, minWidth: 8, isIdentity: true },
]

/** The columns for BattlEye's RCON. */
const BATTLEYE_PLAYERS: readonly Column<PlayerRecord>[] = [
  ID,
  NAME,
  { key: 'ping', heading: 'Ping', value: ({ ping }) => ping, shown: shownPing, align: 'right' },
  {
    key: 'guid',
    heading: 'GUID',
    value: ({ guid }) => guid,
    shown: shownGuid,
    minWidth: 8,
    isIdentity: true,
  },
  { key: 'isGuidValid', heading: 'Verified', value: ({ isGuidValid }) => isGuidValid, shown: shownValidity },
  { key: 'ip', heading: 'IP', value: ({ ip }) => ip },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
  { key: 'inLobby', heading: 'In', value: ({ inLobby }) => inLobby, shown: shownPlace },
]

/** What a list of players shows, by the RCON that lists them. */
export const PLAYER_COLUMNS: Readonly<Record<Rcon, readonly Column<PlayerRecord>[]>> = {
  battleye: BATTLEYE_PLAYERS,
  'built-in': REFORGER_PLAYERS,
}

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
