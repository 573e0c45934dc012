// @ts-nocheck
import type { MissionRow } from '@bercon/client'
import type { Column } from '../output/listing.js'
import { writeReading } from '../output/results.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addListOptions } from '../program/options.js'
import type { Connected } from '../server/connected.js'
import { missingList } from '../server/known-server.js'
import type { ServersFlags } from '../server/several-servers.js'

export const command: BerconCommand = {
  name: 'missions',
  about: 'list the mission files of the server (Arma)',
  examples: ['bercon missions --format ndjson'],
  define: (command, { addOptions, carryOut }) => {
    addListOptions(command).action((flags: ServersFlags) => carryOut(flags, () => missions))
    addOptions(command)
  },
}

const COLUMNS: readonly Column<MissionRow>[] = [
  { key: 'file', heading: 'File', value: ({ file }) => file, minWidth: 8 },
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
  { key: 'world', heading: 'World', value: ({ world }) => world, minWidth: 5 },
]

/** `bercon missions` */
export async function missions(connected: Connected): Promise<number> {
  const { client, call } = connected
  const { listedMissions } = await import('../server/battleye-server.js')
  const list = await client.perform(listedMissions, call).catch(async (error: unknown) => {
    throw await missingList(error, 'missions', connected)
  })
  return writeReading(list, COLUMNS, connected, 'The server has no missions.')
}
