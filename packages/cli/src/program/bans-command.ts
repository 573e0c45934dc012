import { Command, Option } from 'commander'
import type { BansFileFlags } from '../commands/bans-files.js'
import type { ListFlags } from '../commands/flags.js'
import { run } from '../run.js'
import { formatOption, withConnectionOptions, withExample } from './connection-options.js'

type Verbose = { readonly verbose?: boolean }

/** `bercon bans` and what is below it. */
export function bansCommand(): Command {
  const bans = new Command('bans')
    .description('who is banned; and bans from and to files')
    .addOption(formatOption())
    .option('--geoip <file>', 'show countries, from a database of MaxMind (.mmdb)')
    .action((flags: ListFlags & Verbose) =>
      run(async (signal) => (await import('../commands/bans.js')).bans(flags, signal), flags),
    )
  for (const command of [exportCommand(), importCommand(), diffCommand(), applyCommand()])
    bans.addCommand(command.configureHelp({ showGlobalOptions: true }))
  return withExample(
    withConnectionOptions(bans),
    'bercon bans --format csv',
    'bercon bans export bans.txt',
    'bercon bans apply bans.txt --dry-run',
  )
}

type FileAction = (path: string, flags: BansFileFlags, signal: AbortSignal) => Promise<number>

function fileCommand(name: string, description: string, load: () => Promise<FileAction>): Command {
  return new Command(name)
    .description(description)
    .argument('<file>', 'bans.txt, .json or .csv; "-" is standard input or output')
    .addOption(
      new Option('--as <form>', 'form of the file, else by its name').choices(['txt', 'json', 'csv']),
    )
    .action((path: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<BansFileFlags & Verbose>()
      return run(async (signal) => (await load())(path, flags, signal), flags)
    })
}

function exportCommand(): Command {
  const load = async () => (await import('../commands/bans-files.js')).exportBans
  return withExample(
    fileCommand('export', 'write the bans that are in force to a file', load),
    'bercon bans export bans.csv',
  )
}

function diffCommand(): Command {
  const load = async () => (await import('../commands/bans-files.js')).diffBans
  return withExample(
    fileCommand('diff', 'show what "apply" would change', load),
    'bercon bans diff bans.txt --profile main',
  )
}

function importCommand(): Command {
  const load = async () => (await import('../commands/bans-files.js')).importBans
  return withExample(
    withChangeOptions(fileCommand('import', 'ban whoever is in the file and not yet banned', load)),
    'bercon bans import bans.txt --dry-run',
  )
}

function applyCommand(): Command {
  const load = async () => (await import('../commands/bans-files.js')).applyBans
  return withExample(
    withChangeOptions(fileCommand('apply', 'make the bans of the server what the file says', load)),
    'bercon bans apply bans.txt --yes',
  )
}

function withChangeOptions(command: Command): Command {
  return command.option('--dry-run', 'only show the plan').option('-y, --yes', 'do it without asking')
}
