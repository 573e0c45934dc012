import type { AdminRow } from '@bercon/client'
import { checkGeoip, geoipColumns } from '../lists/geoip-columns.js'
import type { Column } from '../output/listing.js'
import { writeReading } from '../output/results.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addGeoipOption, addListOptions } from '../program/options.js'
import type { Connected } from '../server/connected.js'
import { missingList } from '../server/known-server.js'
import type { ServersFlags } from '../server/several-servers.js'

export const command: BerconCommand = {
  name: 'admins',
  about: 'list the logged-in admins',
  examples: ['bercon admins'],
  define: (command, { addOptions, carryOut }) => {
    addGeoipOption(addListOptions(command)).action((flags: ServersFlags) =>
      carryOut(flags, () => admins, { check: checkGeoip }),
    )
    addOptions(command)
  },
}

const COLUMNS: readonly Column<AdminRow>[] = [
  { key: 'id', heading: '#', value: ({ id }) => id, align: 'right' },
  { key: 'ip', heading: 'IP', value: ({ ip }) => ip },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
]

/** `bercon admins` */
export async function admins(connected: Connected): Promise<number> {
  const { client, call, settings } = connected
  const places = await geoipColumns<AdminRow>(settings.geoip, ({ ip }) => ip)
  const { listedAdmins } = await import('../server/battleye-server.js')
  const list = await client.perform(listedAdmins, call).catch(async (error: unknown) => {
    throw await missingList(error, 'admins', connected)
  })
  return writeReading(list, [...COLUMNS, ...places], connected, 'No admins are logged in.')
}
