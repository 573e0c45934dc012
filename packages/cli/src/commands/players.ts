import type { Connected } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { PlayerRecord } from '../server/records.js'
import { geoipColumns } from './geoip-columns.js'
import { PLAYER_COLUMNS } from './player-columns.js'
import { writeReading } from './written-reading.js'

/** `bercon players` */
export async function players(connected: Connected): Promise<number> {
  const places = await geoipColumns<PlayerRecord>(connected.settings.geoip, ({ ip }) => ip)
  const server = await knownServer(connected)
  const columns = [...PLAYER_COLUMNS[server.rcon], ...(server.rcon === 'battleye' ? places : [])]
  return writeReading(await server.players(), columns, connected, 'Nobody is on the server.')
}
