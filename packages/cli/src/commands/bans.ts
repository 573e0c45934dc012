import { endOf, endText } from '../bans/ban-entry.js'
import type { Column } from '../output/listing.js'
import { roughSpan } from '../output/shown-span.js'
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

/** The columns for BattlEye's RCON; their keys are those of a ban in a file, so that `bans import` reads them. */
const BATTLEYE_BANS: readonly Column<BanRecord>[] = [
  KIND,
  TARGET,
  {
    key: 'expiresAt',
    heading: 'Left',
    value: (ban) => endText(endOf(ban, Date.now())) ?? undefined,
    shown: shownRest,
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

const MINUTE_S = 60

function shownRest({ expires, minutesLeft = 0 }: BanRecord): string {
  if (expires === 'minutes') return roughSpan(minutesLeft * MINUTE_S)
  return expires === 'never' ? 'for ever' : 'over'
}
