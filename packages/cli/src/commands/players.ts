import { withClient } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { PlayerRecord } from '../server/records.js'
import { countryColumns } from './countries.js'
import type { ListFlags } from './flags.js'
import { BATTLEYE_PLAYERS, REFORGER_PLAYERS } from './player-columns.js'
import { writeReading } from './written-reading.js'

/** `bercon players` */
export async function players(flags: ListFlags, signal: AbortSignal): Promise<number> {
  const countries = await countryColumns<PlayerRecord>(flags.geoip, ({ ip }) => ip)
  return withClient(flags, signal, async (connected) => {
    const server = await knownServer(connected)
    const columns = server.banUnit === 's' ? REFORGER_PLAYERS : [...BATTLEYE_PLAYERS, ...countries]
    return writeReading(await server.players(), columns, flags.format, 'Nobody is on the server.')
  })
}
