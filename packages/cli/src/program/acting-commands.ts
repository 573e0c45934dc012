import type { Command } from 'commander'
import type { ExecFlags } from '../commands/exec.js'
import { run } from '../run.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { addConnectionOptions, addFormatOption } from './options.js'
import { noteOptionsIn, takesText } from './text-arguments.js'

type Flags = ConnectionFlags & { readonly verbose?: boolean }

const moderation = () => import('../commands/moderation.js')

export function exec(command: Command): void {
  addFormatOption(command.argument('[commands...]', 'commands, each in quotes; "-" is standard input'))
    .option('--resend', 'send again until it is answered, so that it may be executed twice')
    .option('--pause <seconds>', 'wait between two commands')
    .option('--every <seconds>', 'all of it again and again, with so long between')
    .option('--times <number>', 'with --every: so often, else until Ctrl-C')
    .action((commands: string[], flags: ExecFlags) =>
      run(async (signal) => (await import('../commands/exec.js')).exec(commands, flags, signal), flags),
    )
  addConnectionOptions(command)
}

export function say(command: Command): void {
  takesText(command)
    .argument('<message...>')
    .option('--to <player>', 'number, GUID or whole name')
    .action((words: string[], flags: Flags & { readonly to?: string }) => {
      noteOptionsIn(words, command)
      return run(async (signal) => (await moderation()).say(words.join(' '), flags, signal), flags)
    })
  addConnectionOptions(command)
}

export function kick(command: Command): void {
  takesText(command)
    .argument('<player>', 'number, GUID or whole name')
    .argument('[reason...]', 'what the player is shown')
    .action((player: string, words: string[], flags: Flags) => {
      noteOptionsIn(words, command)
      return run(async (signal) => (await moderation()).kick(player, words.join(' '), flags, signal), flags)
    })
  addConnectionOptions(command)
}

export function ban(command: Command): void {
  takesText(command)
    .argument('<target>', 'number or whole name of a player, GUID, IP address, identity id')
    .argument('[reason...]', 'what the player is shown')
    .option(
      '--for <length>',
      'how long, with its unit: 90min, 12h, 7d, 2w, 3600s, or ever; also right after the target',
    )
    .action((target: string, words: string[], flags: Flags & { readonly for?: string }) => {
      const { length, reason } = lengthAndReason(flags.for, words)
      if (length === undefined) command.error("error: required option '--for <length>' not specified")
      noteOptionsIn(reason, command)
      const given = { ...flags, for: length }
      return run(async (signal) => (await moderation()).ban(target, reason.join(' '), given, signal), flags)
    })
  addConnectionOptions(command)
}

/** The length may stand right after the target, too: it chooses no server. */
function lengthAndReason(
  given: string | undefined,
  words: readonly string[],
): { readonly length: string | undefined; readonly reason: readonly string[] } {
  const [first, length, ...reason] = words
  return given === undefined && first === '--for' ? { length, reason } : { length: given, reason: words }
}

export function unban(command: Command): void {
  command
    .argument('<target>')
    .action((target: string, flags: Flags) =>
      run(async (signal) => (await moderation()).unban(target, flags, signal), flags),
    )
  addConnectionOptions(command)
}

export function shell(command: Command): void {
  command.action((flags: Flags) =>
    run(async (signal) => (await import('../commands/shell.js')).shell(flags, signal), flags),
  )
  addConnectionOptions(command)
}
