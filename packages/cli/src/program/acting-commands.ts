import { Command } from 'commander'
import type { ListFlags } from '../commands/flags.js'
import { run } from '../run.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { formatOption, withConnectionOptions, withExample } from './connection-options.js'

type Flags = ConnectionFlags & { readonly verbose?: boolean }

/** The commands that do something on the server. */
export function actingCommands(): readonly Command[] {
  const exec = new Command('exec')
    .description('send commands as they are, each argument one, or each line of standard input')
    .argument('[commands...]', 'commands, each in quotes; "-" is standard input')
    .addOption(formatOption())
    .option('--resend', 'send again until it is answered, so that it may be executed twice')
    .action((commands: string[], flags: ListFlags & Flags & { readonly resend?: boolean }) =>
      run(async (signal) => (await import('../commands/exec.js')).exec(commands, flags, signal), flags),
    )
  const say = new Command('say')
    .description('say something to everybody, or to one player')
    .argument('<message...>')
    .option('--to <player>', 'number, GUID or whole name')
    .action((words: string[], flags: Flags & { readonly to?: string }) =>
      run(
        async (signal) => (await import('../commands/moderation.js')).say(words.join(' '), flags, signal),
        flags,
      ),
    )
  const kick = new Command('kick')
    .description('kick a player')
    .argument('<player>', 'number, GUID or whole name')
    .argument('[reason...]', 'what the player is shown')
    .action((player: string, words: string[], flags: Flags) =>
      run(
        async (signal) =>
          (await import('../commands/moderation.js')).kick(player, words.join(' '), flags, signal),
        flags,
      ),
    )
  const ban = new Command('ban')
    .description('ban a player, or anybody by GUID, IP address or identity id')
    .argument('<target>', 'number or whole name of a player, GUID, IP address, identity id')
    .argument('[reason...]', 'what the player is shown')
    .requiredOption('--for <length>', 'how long, with its unit: 90min, 12h, 7d, 2w, 3600s, or ever')
    .action((target: string, words: string[], flags: Flags & { readonly for: string }) =>
      run(
        async (signal) =>
          (await import('../commands/moderation.js')).ban(target, words.join(' '), flags, signal),
        flags,
      ),
    )
  const unban = new Command('unban')
    .description('lift every ban of a GUID, IP address or identity id')
    .argument('<target>')
    .action((target: string, flags: Flags) =>
      run(async (signal) => (await import('../commands/moderation.js')).unban(target, flags, signal), flags),
    )
  const shell = new Command('shell')
    .description('a prompt with completion, and what happens on the server above it')
    .action((flags: Flags) =>
      run(async (signal) => (await import('../commands/shell.js')).shell(flags, signal), flags),
    )
  return [
    withExample(shell, 'bercon shell --profile main'),
    withExample(exec, 'bercon exec "say -1 restart in 5" players', 'bercon exec < commands.txt'),
    withExample(say, 'bercon say restart in five minutes', 'bercon say --to Rook please move'),
    withExample(kick, 'bercon kick 3 afk'),
    withExample(ban, 'bercon ban 3 --for 7d spam', 'bercon ban 192.0.2.7 --for ever cheating'),
    withExample(unban, 'bercon unban 192.0.2.7'),
  ].map(withConnectionOptions)
}
