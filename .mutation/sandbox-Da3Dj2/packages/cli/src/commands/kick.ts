// @ts-nocheck
import type { BerconCommand } from '../program/bercon-command.js'
import { noteOptionsIn, takesText } from '../program/text-arguments.js'
import type { Work } from '../server/connected.js'
import { moderate } from '../server/moderation.js'
import type { ServersFlags } from '../server/several-servers.js'

export const command: BerconCommand = {
  name: 'kick',
  about: 'kick a player',
  examples: ['bercon kick 3 afk'],
  define: (command, { addOptions, carryOut, note }) => {
    takesText(command)
      .argument('<player>', 'number, GUID or whole name')
      .argument('[reason...]', 'text shown to the player')
      .action((player: string, words: string[], flags: ServersFlags) => {
        noteOptionsIn(words, command, note)
        return carryOut(flags, () => kick(player, words.join(' ')))
      })
    addOptions(command)
  },
}

/** `bercon kick` */
export function kick(target: string, reason: string): Work {
  return moderate('kick', async ({ server, find }) => {
    const { id, name } = await find(target)
    return { remark: await server.kick(id, reason), done: `kicked player ${id}, ${name}` }
  })
}
