import { type AdminRow, admins as askAdmins } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { reading } from '../server/battleye-server.js'
import { withClient } from '../server/connected.js'
import { countryColumns } from './countries.js'
import type { ListFlags } from './flags.js'
import { writeReading } from './written-reading.js'

const COLUMNS: readonly Column<AdminRow>[] = [
  { key: 'id', heading: '#', value: ({ id }) => id, align: 'right' },
  { key: 'ip', heading: 'IP', value: ({ ip }) => ip },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
]

/** `bercon admins` */
export async function admins(flags: ListFlags, signal: AbortSignal): Promise<number> {
  const countries = await countryColumns<AdminRow>(flags.geoip, ({ ip }) => ip)
  return withClient(flags, signal, async ({ client, call }) => {
    const command = reading(askAdmins(), ({ admins: rows, badRows }) => ({
      rows: rows.toSorted((a, b) => a.id - b.id),
      missing: badRows.length,
    }))
    const columns = [...COLUMNS, ...countries]
    return writeReading(await client.run(command, call), columns, flags.format, 'No admin is logged in.')
  })
}
