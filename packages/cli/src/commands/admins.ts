import { type AdminRow, ask, admins as askAdmins, type Steps } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { reading } from '../server/battleye-server.js'
import type { Connected } from '../server/connected.js'
import { missingList } from '../server/known-server.js'
import type { Reading } from '../server/records.js'
import { geoipColumns } from './geoip-columns.js'
import { writeReading } from './written-reading.js'

const COLUMNS: readonly Column<AdminRow>[] = [
  { key: 'id', heading: '#', value: ({ id }) => id, align: 'right' },
  { key: 'ip', heading: 'IP', value: ({ ip }) => ip },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
]

/** `bercon admins` */
export async function admins(connected: Connected): Promise<number> {
  const { client, call, settings } = connected
  const places = await geoipColumns<AdminRow>(settings.geoip, ({ ip }) => ip)
  const list = await client.perform(listedAdmins, call).catch(async (error: unknown) => {
    throw await missingList(error, 'admins', connected)
  })
  return writeReading(list, [...COLUMNS, ...places], connected, 'No admin is logged in.')
}

const ADMINS = reading(askAdmins(), ({ admins: rows, badRows }) => ({
  rows: rows.toSorted((a, b) => a.id - b.id),
  missing: badRows.length,
}))

/** The admins, once more where a row cannot be read. */
function* listedAdmins(): Steps<Reading<AdminRow>> {
  const first = yield* ask(ADMINS)
  return first.missing === 0 ? first : yield* ask(ADMINS)
}
