import { checkGeoip, geoipColumns } from '../lists/geoip-columns.js'
import { PLAYER_COLUMNS } from '../lists/player-columns.js'
import { writeReading } from '../output/results.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addGeoipOption, addListOptions } from '../program/options.js'
import type { Connected } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { PlayerRecord } from '../server/records.js'
import type { ServersFlags } from '../server/several-servers.js'

export const command: BerconCommand = {
  name: 'players',
  about: 'list the players on the server',
  examples: ['bercon players --profile main', 'bercon players --format json | jq .[].name'],
  define: (command, { addOptions, carryOut }) => {
    addGeoipOption(addListOptions(command)).action((flags: ServersFlags) =>
      carryOut(flags, () => players, { check: checkGeoip }),
    )
    addOptions(command)
  },
}

/** `bercon players` */
export async function players(connected: Connected): Promise<number> {
  const places = await geoipColumns<PlayerRecord>(connected.settings.geoip, ({ ip }) => ip)
  const server = await knownServer(connected)
  const columns = PLAYER_COLUMNS.filter(({ key }) => server.rcon.playerColumns.includes(key))
  const all = server.rcon.hasAddresses ? [...columns, ...places] : columns
  return writeReading(await server.players(), all, connected, 'There are no players.')
}
