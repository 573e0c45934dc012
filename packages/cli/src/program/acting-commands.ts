import type { Command } from 'commander'
import type { BanTimeFlags } from '../ban-time.js'
import type { ExecFlags } from '../commands/exec.js'
import { run } from '../run.js'
import type { ServersFlags } from '../server/several-servers.js'
import type { ConnectionFlags } from '../settings/settings.js'
import type { Carrier } from './carrier.js'
import { addConnectionOptions, addFormatOption } from './options.js'
import { noteOptionsIn, takesText } from './text-arguments.js'

const moderation = () => import('../commands/moderation.js')

export function exec(command: Command, { addOptions, carryOut }: Carrier): void {
  addFormatOption(command.argument('[commands...]', 'commands, each in quotes; "-" is standard input'))
    .option('--resend', 'send again until it is answered, so that it may be executed twice')
    .option('--pause <seconds>', 'wait between two commands')
    .option('--every <seconds>', 'all of it again and again, with so long between')
    .option('--times <number>', 'with --every: so often, else until Ctrl-C')
    .action((commands: string[], flags: ServersFlags & ExecFlags) =>
      carryOut(flags, async () => (await import('../commands/exec.js')).exec(commands, flags)),
    )
  addOptions(command)
}

export function say(command: Command, { addOptions, carryOut, note }: Carrier): void {
  takesText(command)
    .argument('<message...>')
    .option('--to <player>', 'number, GUID or whole name')
    .action((words: string[], flags: ServersFlags & { readonly to?: string }) => {
      noteOptionsIn(words, command, note)
      return carryOut(flags, async () => (await moderation()).say(words.join(' '), flags))
    })
  addOptions(command)
}

export function kick(command: Command, { addOptions, carryOut, note }: Carrier): void {
  takesText(command)
    .argument('<player>', 'number, GUID or whole name')
    .argument('[reason...]', 'what the player is shown')
    .action((player: string, words: string[], flags: ServersFlags) => {
      noteOptionsIn(words, command, note)
      return carryOut(flags, async () => (await moderation()).kick(player, words.join(' ')))
    })
  addOptions(command)
}

export function ban(command: Command, { addOptions, carryOut, note }: Carrier): void {
  takesText(command)
    .argument('<target>', 'number or whole name of a player, GUID, IP address, identity id')
    .argument('[reason...]', 'what the player is shown')
    .option(
      '--for <length>',
      'how long, with its unit: 90min, 12h, 7d, 2w, 3600s, or ever; also right after the target',
    )
    .option('--until <date>', 'until when: 2026-12-24 or 2026-12-24T18:00; also right after the target')
    .action((target: string, words: string[], flags: ServersFlags & BanTimeFlags) => {
      const { time, reason } = timeAndReason(flags, words)
      noteOptionsIn(reason, command, note)
      return carryOut(flags, async () => (await moderation()).ban(target, reason.join(' '), time))
    })
  addOptions(command)
}

const LENGTH = /^(ever|\d+(s|m|min|h|d|w))$/

/** The length may stand right after the target, too, with its flag or without: it chooses no server. */
function timeAndReason(
  { for: length, until }: BanTimeFlags,
  words: readonly string[],
): { readonly time: BanTimeFlags; readonly reason: readonly string[] } {
  const [first = '', second, ...others] = words
  if (length !== undefined || until !== undefined) return { time: { for: length, until }, reason: words }
  if (first === '--for') return { time: { for: second }, reason: others }
  if (first === '--until') return { time: { until: second }, reason: others }
  return LENGTH.test(first) ? { time: { for: first }, reason: words.slice(1) } : { time: {}, reason: words }
}

export function unban(command: Command, { addOptions, carryOut, kind }: Carrier): void {
  const number = kind === 'shell' ? ', or the number that "bans" showed last' : ''
  command
    .argument('<target>', `GUID, IP address or identity id${number}`)
    .action((target: string, flags: ServersFlags) =>
      carryOut(flags, async () => (await moderation()).unban(target, { takesNumbers: kind === 'shell' })),
    )
  addOptions(command)
}

export function shell(command: Command): void {
  command.action((flags: ConnectionFlags & { readonly verbose?: boolean }) =>
    run(async (signal) => (await import('../commands/shell.js')).shell(flags, signal), flags),
  )
  addConnectionOptions(command)
}
