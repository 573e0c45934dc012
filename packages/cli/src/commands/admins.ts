import { type AdminRow, admins as askAdmins } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { reading } from '../server/battleye-server.js'
import type { Connected } from '../server/connected.js'
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
  const command = reading(askAdmins(), ({ admins: rows, badRows }) => ({
    rows: rows.toSorted((a, b) => a.id - b.id),
    missing: badRows.length,
  }))
  const columns = [...COLUMNS, ...places]
  return writeReading(await client.run(command, call), columns, connected, 'No admin is logged in.')
}
