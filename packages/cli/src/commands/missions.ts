import { missions as askMissions, type MissionRow } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { reading } from '../server/battleye-server.js'
import type { Connected } from '../server/connected.js'
import { missingList } from '../server/known-server.js'
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
  const list = await client.run(command, call).catch(async (error: unknown) => {
    throw await missingList(error, 'missions', connected)
  })
  return writeReading(list, COLUMNS, connected, 'There are no missions.')
}
