import type { Column } from '../output/listing.js'
import type { Connected } from '../server/connected.js'
import type { Rcon } from '../server/game-server.js'
import { knownServer } from '../server/known-server.js'
import type { BanRecord } from '../server/records.js'
import { geoipColumns } from './geoip-columns.js'
import { writeReading } from './written-reading.js'

// Only where the next command can mean it: it changes with every change of the list, and nobody should keep it.
const NUMBER: Column<BanRecord> = {
  key: 'number',
  heading: '#',
  value: ({ number }) => number,
  align: 'right',
}
const KIND: Column<BanRecord> = { key: 'kind', heading: 'Kind', value: ({ kind }) => kind }
const TARGET: Column<BanRecord> = {
  key: 'target',
  heading: 'Target',
  value: ({ target }) => target,
  minWidth: 8,
  isIdentity: true,
}

/** The columns for BattlEye's RCON. */
const BATTLEYE_BANS: readonly Column<BanRecord>[] = [
  KIND,
  TARGET,
  { key: 'expires', heading: 'Expires', value: ({ expires }) => expires, shown: shownExpiry },
  {
    key: 'minutesLeft',
    heading: 'Left',
    value: ({ minutesLeft }) => minutesLeft,
    shown: ({ minutesLeft }) => (minutesLeft === undefined ? '' : `${minutesLeft} min`),
    align: 'right',
  },
  { key: 'reason', heading: 'Reason', value: ({ reason }) => reason, minWidth: 8 },
]

/** The columns for Reforger's built-in RCON, which shows no more. */
const REFORGER_BANS: readonly Column<BanRecord>[] = [
  KIND,
  TARGET,
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
]

const BAN_COLUMNS: Readonly<Record<Rcon, readonly Column<BanRecord>[]>> = {
  battleye: BATTLEYE_BANS,
  'built-in': REFORGER_BANS,
}

/** `bercon bans` */
export async function bans(connected: Connected): Promise<number> {
  const { seen, settings } = connected
  const places = await geoipColumns<BanRecord>(settings.geoip, ({ kind, target }) =>
    kind === 'ip' ? target : undefined,
  )
  const server = await knownServer(connected)
  const columns = [
    ...(seen === undefined ? [] : [NUMBER]),
    ...BAN_COLUMNS[server.rcon],
    ...(server.rcon === 'battleye' ? places : []),
  ]
  const reading = await server.bans()
  if (seen !== undefined) seen.bans = reading.rows
  return writeReading(reading, columns, connected, 'Nobody is banned.')
}

const EXPIRY: Readonly<Record<string, string>> = { never: 'never', minutes: 'in', expired: 'expired' }

function shownExpiry({ expires }: BanRecord): string {
  return EXPIRY[expires ?? ''] ?? ''
}
