import { Command, Option } from 'commander'
import type { ListFlags } from '../commands/flags.js'
import type { WatchFlags } from '../commands/watch.js'
import { run } from '../run.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { formatOption, withConnectionOptions, withExample } from './connection-options.js'

type Flags = ListFlags & { readonly verbose?: boolean }

/** The commands that show something. */
export function listCommands(): readonly Command[] {
  const players = new Command('players')
    .description('who is on the server')
    .addOption(formatOption())
    .option('--geoip <file>', 'show countries, from a database of MaxMind (.mmdb)')
    .action((flags: Flags) =>
      run(async (signal) => (await import('../commands/players.js')).players(flags, signal), flags),
    )
  const admins = new Command('admins')
    .description('which admins are logged in')
    .addOption(formatOption())
    .option('--geoip <file>', 'show countries, from a database of MaxMind (.mmdb)')
    .action((flags: Flags) =>
      run(async (signal) => (await import('../commands/admins.js')).admins(flags, signal), flags),
    )
  const missions = new Command('missions')
    .description('which mission files the server has (Arma)')
    .addOption(formatOption())
    .action((flags: Flags) =>
      run(async (signal) => (await import('../commands/missions.js')).missions(flags, signal), flags),
    )
  const watch = new Command('watch')
    .description('what happens on the server, line by line, until Ctrl-C')
    .addOption(
      new Option('-f, --format <format>', 'form of the output').choices(['text', 'ndjson']).default('text'),
    )
    .option('--only <events>', 'only these events, with commas between them; and "gap", always')
    .action((flags: WatchFlags & { readonly verbose?: boolean }) =>
      run(async (signal) => (await import('../commands/watch.js')).watch(flags, signal), flags),
    )
  const doctor = new Command('doctor')
    .description('what is wrong with the connection, and what to change')
    .action((flags: ConnectionFlags & { readonly verbose?: boolean }) =>
      run(async (signal) => (await import('../commands/doctor.js')).doctor(flags, signal), flags),
    )
  return [
    withExample(players, 'bercon players --profile main', 'bercon players --format json | jq .[].name'),
    withExample(admins, 'bercon admins'),
    withExample(missions, 'bercon missions --format ndjson'),
    withExample(doctor, 'bercon doctor --server-cfg ~/server/battleye'),
    withExample(watch, 'bercon watch', 'bercon watch --format ndjson --only playerMessage,playerConnect'),
  ].map(withConnectionOptions)
}
