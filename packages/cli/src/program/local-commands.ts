import { Argument, Command, Option } from 'commander'
import type { Shell } from '../commands/completion.js'
import type { DecodeFlags } from '../commands/decode.js'
import type { SimulateFlags } from '../commands/simulate.js'
import type { Format } from '../output/listing.js'
import { run } from '../run.js'
import { formatOption, withExample } from './connection-options.js'

/** The commands that need no server. */
export function localCommands(): readonly Command[] {
  const profiles = new Command('profiles')
    .description('the profiles of the config file')
    .addOption(formatOption())
    .option('--config <file>', 'config file (RCON_CONFIG)')
    .option('--verbose', 'tell all that is known of an error')
    .action((flags: { readonly config?: string; readonly format: Format; readonly verbose?: boolean }) =>
      run(async () => (await import('../commands/profiles.js')).profiles(flags), flags),
    )
  const decode = new Command('decode')
    .description('make packets readable, from hex or a capture')
    .argument('[hex...]', 'the bytes of one datagram, with or without spaces')
    .option('--file <file>', 'a capture: pcap or pcapng')
    .option('--port <port>', 'the server port in the capture, to tell who sent what')
    .addOption(new Option('--from <side>', 'who sent the hex').choices(['client', 'server']))
    .addOption(
      new Option('-f, --format <format>', 'form of the output').choices(['text', 'ndjson']).default('text'),
    )
    .action((hex: string[], flags: DecodeFlags) =>
      run(async () => (await import('../commands/decode.js')).decode(hex, flags), {}),
    )
  const completion = new Command('completion')
    .description('a script by which a shell completes what you type')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action((shell: Shell, _flags: unknown, command: Command) =>
      run(
        async () => (await import('../commands/completion.js')).completion(shell, command.parent ?? command),
        {},
      ),
    )
  return [
    withExample(completion, 'source <(bercon completion bash)', 'bercon completion fish | source'),
    withExample(profiles, 'bercon profiles'),
    withExample(
      simulateCommand(),
      'bercon simulate --seed 7 --loss 0.2',
      'RCON_PASSWORD=simulator bercon players --port 2306',
    ),
    withExample(
      decode,
      'bercon decode 42 45 be dc c2 58 ff 01 00',
      'bercon decode --file capture.pcapng --port 2306',
    ),
  ]
}

/** Numbers are checked where they are used, so that the message names the range. */
function simulateCommand(): Command {
  const command = new Command('simulate')
    .description('a simulated server to try the rest on, until Ctrl-C')
    .addOption(
      new Option('--world <world>', 'the game').choices(['arma3', 'dayz', 'reforger']).default('arma3'),
    )
    .option('--host <host>', 'address to listen at', '127.0.0.1')
    .option('--port <port>', 'port to listen at; 0 is any that is free', '2306')
    .option('--password-file <file>', 'file with the password (or RCON_PASSWORD; else it is "simulator")')
    .option('--no-bots', 'nothing happens by itself')
    .option('--restricted', 'as with RestrictRCon 1')
    .action((flags: SimulateFlags) =>
      run(async (signal) => (await import('../commands/simulate.js')).simulate(flags, signal), {}),
    )
  for (const [flag, text] of NUMBERS) command.option(flag, text, Number)
  return command
}

const NUMBERS: readonly (readonly [flag: string, text: string])[] = [
  ['--seed <number>', 'what all chance comes from: the same seed, the same game'],
  ['--players <number>', 'players at the start'],
  ['--max-players <number>', 'room for so many'],
  ['--join-every <seconds>', 'mean time between two who join'],
  ['--stay <seconds>', 'mean time that one stays'],
  ['--chat-every <seconds>', 'mean time between two lines of one player'],
  ['--loss <rate>', 'datagrams that vanish, each way, from 0 to 1'],
  ['--repeat <rate>', 'datagrams that arrive twice'],
  ['--reorder <rate>', 'datagrams that are overtaken'],
  ['--corrupt <rate>', 'datagrams that arrive damaged'],
  ['--min-delay <ms>', 'least time on the way'],
  ['--max-delay <ms>', 'longest time on the way'],
]
