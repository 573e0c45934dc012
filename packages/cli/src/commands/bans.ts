import { BAN_COLUMNS, BAN_NUMBER } from '../lists/ban-columns.js'
import { checkGeoip, geoipColumns } from '../lists/geoip-columns.js'
import { writeReading } from '../output/results.js'
import { addCommand, type BerconCommand } from '../program/bercon-command.js'
import { addGeoipOption, addListOptions } from '../program/options.js'
import type { Connected } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { BanRecord } from '../server/records.js'
import type { ServersFlags } from '../server/several-servers.js'
import { command as bansApply } from './bans-apply.js'
import { command as bansDiff } from './bans-diff.js'
import { command as bansExport } from './bans-export.js'
import { command as bansImport } from './bans-import.js'

export const command: BerconCommand = {
  name: 'bans',
  about: 'list bans; import and export them',
  examples: [
    'bercon bans --format csv',
    'bercon bans export bans.txt',
    'bercon bans apply bans.txt --dry-run',
  ],
  define: (command, carrier) => {
    const { addOptions, carryOut, kind } = carrier
    addGeoipOption(addListOptions(command)).action((flags: ServersFlags) =>
      carryOut(flags, () => bans, { check: checkGeoip }),
    )
    addOptions(command)
    if (kind === 'shell') return
    // Its options also belong to its subcommands, in any position.
    command.enablePositionalOptions(false)
    for (const each of [bansExport, bansDiff, bansImport, bansApply])
      each.define(addCommand(command, each), carrier)
  },
}

/** `bercon bans` */
export async function bans(connected: Connected): Promise<number> {
  const { seen, settings } = connected
  const places = await geoipColumns<BanRecord>(settings.geoip, ({ kind, target }) =>
    kind === 'ip' ? target : undefined,
  )
  const server = await knownServer(connected)
  const columns = [
    ...(seen === undefined ? [] : [BAN_NUMBER]),
    ...BAN_COLUMNS.filter(({ key }) => server.rcon.banColumns.includes(key)),
    ...(server.rcon.hasAddresses ? places : []),
  ]
  const reading = await server.bans()
  if (seen !== undefined) seen.bans = reading.rows
  return writeReading(reading, columns, connected, 'There are no bans.')
}
