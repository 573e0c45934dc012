// @ts-nocheck
import type { BerconCommand } from '../program/bercon-command.js'
import { noteOptionsIn, takesText } from '../program/text-arguments.js'
import type { Work } from '../server/connected.js'
import { moderate } from '../server/moderation.js'
import type { ServersFlags } from '../server/several-servers.js'

interface SayFlags {
  readonly to?: string
}

export const command: BerconCommand = {
  name: 'say',
  about: 'send a message to all players, or to one',
  examples: ['bercon say restart in five minutes', 'bercon say --to Rook please move'],
  define: (command, { addOptions, carryOut, note }) => {
    takesText(command)
      .argument('<message...>')
      .option('--to <player>', 'number, GUID or whole name')
      .action((words: string[], flags: ServersFlags & SayFlags) => {
        noteOptionsIn(words, command, note)
        return carryOut(flags, () => say(words.join(' '), flags))
      })
    addOptions(command)
  },
}

/** `bercon say`; a leading -1 is BattlEye's own way to say "to everybody". */
export function say(text: string, { to }: SayFlags): Work {
  const message = to === undefined ? text.replace(/^-1 +/, '') : text
  return moderate('say', async ({ server, find }) => {
    const player = to === undefined ? undefined : await find(to)
    const remark = await server.say(message, player?.id)
    return { remark, done: player === undefined ? 'sent to all players' : `sent to ${player.name}` }
  })
}
