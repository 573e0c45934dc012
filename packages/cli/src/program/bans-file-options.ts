import type { Command } from 'commander'
import type { DocumentFlags } from '../bans/document-file.js'
import { run } from '../run.js'
import type { ServersFlags } from '../server/several-servers.js'
import type { ConnectionFlags } from '../settings/sources.js'
import { UsageError } from '../usage-error.js'

/** The flags of the commands about files of bans. */
export interface BansFileFlags extends ConnectionFlags, DocumentFlags {
  readonly dryRun?: boolean
  readonly yes?: boolean
}

type FileFlags = Omit<BansFileFlags, 'profile'> & ServersFlags
type FileAction = (path: string, flags: BansFileFlags, signal: AbortSignal) => Promise<number>

/** Makes a command below `bans` one about a file, which goes to or comes from one server. */
export function defineForFile(command: Command, act: FileAction): void {
  const form = command.createOption('--as <form>', 'format of the file (default: by its name)')
  command
    .configureHelp({ showGlobalOptions: true })
    .argument('<file>', 'bans.txt, .json or .csv; "-" is standard input or output')
    .addOption(form.choices(['txt', 'json', 'csv']))
    .action((path: string) => {
      const flags = command.optsWithGlobals<FileFlags>()
      return run(async (signal) => act(path, flagsForOne(flags), signal), flags)
    })
}

/** The flags of `bercon bans`, which takes several profiles, for one server. */
function flagsForOne({ profile: [name, ...others] = [], all, ...flags }: FileFlags): BansFileFlags {
  if (others.length > 0 || all === true)
    throw new UsageError('a file of bans belongs to one server: name one profile')
  return { ...flags, ...(name === undefined ? {} : { profile: name }) }
}

/** Adds how a file is read. */
export function addReadingOptions(command: Command): Command {
  return command.option('--skip-bad-lines', 'skip lines of the file that are not bans')
}

/** Adds the options about reading a file, and about the plan. */
export function addChangeOptions(command: Command): Command {
  return addReadingOptions(command)
    .option('--dry-run', 'show the plan, change no bans')
    .option('-y, --yes', 'apply the plan without confirmation')
}
