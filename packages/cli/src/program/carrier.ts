import type { Command } from 'commander'
import { note } from '../report.js'
import { run } from '../run.js'
import type { ConnectOptions, Work } from '../server/connected.js'
import type { ServersFlags } from '../server/several-servers.js'
import { addServersOptions } from './options.js'

/** How commands reach a server: by a login of their own, or within the shell's. */
export interface Carrier {
  readonly kind: 'login' | 'shell'
  /** Adds the flags that it needs. */
  readonly addOptions: (command: Command) => Command
  /** Prints a note first. */
  readonly note: (text: string) => void
  /** Loads the work and does it; the options are for a login of its own. */
  readonly carryOut: (
    flags: ServersFlags,
    load: () => Work | Promise<Work>,
    options?: Pick<ConnectOptions, 'check'>,
  ) => Promise<void>
}

/** Each command logs in by itself, and its result is the exit code of the process. */
export const BY_LOGIN: Carrier = {
  kind: 'login',
  addOptions: addServersOptions,
  note,
  carryOut: (flags, load, options) =>
    run(async (signal) => {
      const { withServers } = await import('../server/several-servers.js')
      return withServers(flags, signal, await load(), options)
    }, flags),
}
