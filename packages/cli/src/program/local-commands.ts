import type { Command } from 'commander'
import type { Shell } from '../commands/completion.js'
import type { DecodeFlags } from '../commands/decode.js'
import type { ProfilesFlags } from '../commands/profiles.js'
import type { SimulateFlags } from '../commands/simulate.js'
import { run } from '../run.js'
import { addListOptions, addStreamFormatOption } from './options.js'

export function profiles(command: Command): void {
  addListOptions(command)
    .option('--config <file>', 'config file (RCON_CONFIG)')
    .option('--example', 'print an example of a config file')
    .option('--verbose', 'tell all that is known of an error')
    .action((flags: ProfilesFlags & { readonly verbose?: boolean }) =>
      run(async () => (await import('../commands/profiles.js')).profiles(flags), flags),
    )
}

export function decode(command: Command): void {
  const from = command.createOption('--from <side>', 'who sent the hex').choices(['client', 'server'])
  addStreamFormatOption(command)
    .argument('[hex...]', 'the bytes of one datagram, with or without spaces')
    .option('--file <file>', 'a capture: pcap or pcapng')
    .option('--port <port>', 'the server port in the capture, to tell who sent what')
    .addOption(from)
    .option('--encoding <name>', 'of text that is not UTF-8 (default windows-1252)')
    .action((hex: string[], flags: DecodeFlags) =>
      run(async () => (await import('../commands/decode.js')).decode(hex, flags), {}),
    )
}

export function completion(command: Command): void {
  const shell = command.createArgument('<shell>').choices(['bash', 'zsh', 'fish'])
  command
    .addArgument(shell)
    .action((name: Shell) =>
      run(
        async () => (await import('../commands/completion.js')).completion(name, command.parent ?? command),
        {},
      ),
    )
}

/** Numbers are checked where they are used, so that the message names the range. */
export function simulate(command: Command): void {
  const world = command.createOption('--world <world>', 'the game').choices(['arma3', 'dayz', 'reforger'])
  command
    .addOption(world.default('arma3'))
    .option('--host <host>', 'address to listen at', '127.0.0.1')
    .option('--port <port>', 'port to listen at; 0 is any that is free', '2306')
    .option('--password-file <file>', 'file with the password (or RCON_PASSWORD; else it is "simulator")')
    .option('--no-bots', 'nothing happens by itself')
    .option('--hostile-names', 'players with names and texts that break parsers, too')
    .option('--restricted', 'as with RestrictRCon 1')
    .action((flags: SimulateFlags) =>
      run(async (signal) => (await import('../commands/simulate.js')).simulate(flags, signal), {}),
    )
  for (const [flag, text] of NUMBERS) command.option(flag, text, Number)
}

const NUMBERS: readonly (readonly [flag: string, text: string])[] = [
  ['--seed <number>', 'what all chance comes from: the same seed, the same game'],
  ['--players <number>', 'players at the start'],
  ['--max-players <number>', 'room for so many'],
  ['--join-every <seconds>', 'mean time between two who join'],
  ['--stay <seconds>', 'mean time that one stays'],
  ['--chat-every <seconds>', 'mean time between two lines of one player'],
  ['--max-login-attempts <number>', 'wrong passwords a minute from an address that are looked at'],
  ['--loss <rate>', 'datagrams that vanish, each way, from 0 to 1'],
  ['--repeat <rate>', 'datagrams that arrive twice'],
  ['--reorder <rate>', 'datagrams that are overtaken'],
  ['--corrupt <rate>', 'datagrams that arrive damaged'],
  ['--min-delay <ms>', 'least time on the way'],
  ['--max-delay <ms>', 'longest time on the way'],
]
