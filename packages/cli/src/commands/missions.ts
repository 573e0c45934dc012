import { missions as askMissions, type MissionRow } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { reading } from '../server/battleye-server.js'
import { withClient } from '../server/connected.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { writeReading } from './written-reading.js'

const COLUMNS: readonly Column<MissionRow>[] = [
  { key: 'file', heading: 'File', value: ({ file }) => file, minWidth: 8 },
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
  { key: 'world', heading: 'World', value: ({ world }) => world, minWidth: 5 },
]

/** `bercon missions` */
export function missions(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  return withClient(flags, signal, async ({ client, call, settings }) => {
    const command = reading(askMissions(), ({ missions: rows }) => ({ rows, missing: 0 }))
    return writeReading(await client.run(command, call), COLUMNS, settings, 'There are no missions.')
  })
}
