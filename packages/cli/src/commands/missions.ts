import { missions as askMissions, type MissionRow } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { reading } from '../server/battleye-server.js'
import type { Connected } from '../server/connected.js'
import { writeReading } from './written-reading.js'

const COLUMNS: readonly Column<MissionRow>[] = [
  { key: 'file', heading: 'File', value: ({ file }) => file, minWidth: 8 },
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
  { key: 'world', heading: 'World', value: ({ world }) => world, minWidth: 5 },
]

/** `bercon missions` */
export async function missions(connected: Connected): Promise<number> {
  const { client, call } = connected
  const command = reading(askMissions(), ({ missions: rows }) => ({ rows, missing: 0 }))
  return writeReading(await client.run(command, call), COLUMNS, connected, 'There are no missions.')
}
