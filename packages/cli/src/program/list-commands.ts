import type { Command } from 'commander'
import type { WatchFlags } from '../commands/watch.js'
import { run } from '../run.js'
import type { ServersFlags } from '../server/several-servers.js'
import type { ConnectionFlags } from '../settings/settings.js'
import type { Carrier } from './carrier.js'
import {
  addConnectionOptions,
  addGeoipOption,
  addListOptions,
  addServersOptions,
  addStreamFormatOption,
} from './options.js'

type Verbose = { readonly verbose?: boolean }

export function players(command: Command, { addOptions, carryOut }: Carrier): void {
  addGeoipOption(addListOptions(command)).action((flags: ServersFlags) =>
    carryOut(flags, async () => (await import('../commands/players.js')).players),
  )
  addOptions(command)
}

export function admins(command: Command, { addOptions, carryOut }: Carrier): void {
  addGeoipOption(addListOptions(command)).action((flags: ServersFlags) =>
    carryOut(flags, async () => (await import('../commands/admins.js')).admins),
  )
  addOptions(command)
}

export function missions(command: Command, { addOptions, carryOut }: Carrier): void {
  addListOptions(command).action((flags: ServersFlags) =>
    carryOut(flags, async () => (await import('../commands/missions.js')).missions),
  )
  addOptions(command)
}

export function watch(command: Command): void {
  addStreamFormatOption(command)
    .option('--only <events>', 'only these events, with commas between them; and "gap", always')
    .action((flags: WatchFlags & Verbose) =>
      run(async (signal) => (await import('../commands/watch.js')).watch(flags, signal), flags),
    )
  addServersOptions(command)
}

export function doctor(command: Command): void {
  command.action((flags: ConnectionFlags & Verbose) =>
    run(async (signal) => (await import('../commands/doctor.js')).doctor(flags, signal), flags),
  )
  addConnectionOptions(command)
}
