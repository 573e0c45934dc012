import { withClient } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { PlayerRecord } from '../server/records.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { geoipColumns } from './geoip-columns.js'
import { BATTLEYE_PLAYERS, REFORGER_PLAYERS } from './player-columns.js'
import { writeReading } from './written-reading.js'

/** `bercon players` */
export function players(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  return withClient(flags, signal, async (connected) => {
    const { settings } = connected
    const places = await geoipColumns<PlayerRecord>(settings.geoip, ({ ip }) => ip)
    const server = await knownServer(connected)
    const columns = server.banUnit === 's' ? REFORGER_PLAYERS : [...BATTLEYE_PLAYERS, ...places]
    return writeReading(await server.players(), columns, settings, 'Nobody is on the server.')
  })
}
