import type { Command } from 'commander'
import type { WatchFlags } from '../commands/watch.js'
import { run } from '../run.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { addConnectionOptions, addGeoipOption, addListOptions, addStreamFormatOption } from './options.js'

type Verbose = { readonly verbose?: boolean }

export function players(command: Command): void {
  addGeoipOption(addListOptions(command)).action((flags: ConnectionFlags & Verbose) =>
    run(async (signal) => (await import('../commands/players.js')).players(flags, signal), flags),
  )
  addConnectionOptions(command)
}

export function admins(command: Command): void {
  addGeoipOption(addListOptions(command)).action((flags: ConnectionFlags & Verbose) =>
    run(async (signal) => (await import('../commands/admins.js')).admins(flags, signal), flags),
  )
  addConnectionOptions(command)
}

export function missions(command: Command): void {
  addListOptions(command).action((flags: ConnectionFlags & Verbose) =>
    run(async (signal) => (await import('../commands/missions.js')).missions(flags, signal), flags),
  )
  addConnectionOptions(command)
}

export function watch(command: Command): void {
  addStreamFormatOption(command)
    .option('--only <events>', 'only these events, with commas between them; and "gap", always')
    .action((flags: WatchFlags & Verbose) =>
      run(async (signal) => (await import('../commands/watch.js')).watch(flags, signal), flags),
    )
  addConnectionOptions(command)
}

export function doctor(command: Command): void {
  command.action((flags: ConnectionFlags & Verbose) =>
    run(async (signal) => (await import('../commands/doctor.js')).doctor(flags, signal), flags),
  )
  addConnectionOptions(command)
}
