import type { Command } from 'commander'
import type { BansFileFlags } from '../commands/bans-files.js'
import { run } from '../run.js'
import type { ServersFlags } from '../server/several-servers.js'
import { UsageError } from '../usage-error.js'
import type { Carrier } from './carrier.js'
import { addExamples } from './examples.js'
import { addGeoipOption, addListOptions } from './options.js'

type FileFlags = Omit<BansFileFlags, 'profile'> & ServersFlags

/** `bercon bans` and what is below it. */
export function bans(command: Command, { addOptions, carryOut, kind }: Carrier): void {
  addGeoipOption(addListOptions(command)).action((flags: ServersFlags) =>
    carryOut(flags, async () => (await import('../commands/bans.js')).bans),
  )
  addOptions(command)
  if (kind === 'login') addFileCommands(command)
}

function addFileCommands(command: Command): void {
  // Its own options are those of the commands below it, wherever they stand.
  command.enablePositionalOptions(false)
  const write = command.command('export').description('write the bans that are in force to a file')
  addExamples(write, 'bercon bans export bans.csv')
  defineForFile(write, async () => (await files()).exportBans)
  const compare = command
    .command('diff')
    .description('show what "apply" would change; exits with 1 where that is anything')
  addExamples(compare, 'bercon bans diff bans.txt --profile main')
  defineForFile(addReadingOptions(compare), async () => (await files()).diffBans)
  const add = command.command('import').description('ban whoever is in the file and not yet banned')
  addExamples(add, 'bercon bans import bans.txt --dry-run')
  defineForFile(addChangeOptions(add), async () => (await files()).importBans)
  const apply = command.command('apply').description('make the bans of the server what the file says')
  addExamples(apply, 'bercon bans apply bans.txt --yes')
  defineForFile(addChangeOptions(apply), async () => (await files()).applyBans)
}

const files = () => import('../commands/bans-files.js')

type FileAction = (path: string, flags: BansFileFlags, signal: AbortSignal) => Promise<number>

function defineForFile(command: Command, load: () => Promise<FileAction>): void {
  const form = command.createOption('--as <form>', 'form of the file, else by its name')
  command
    .configureHelp({ showGlobalOptions: true })
    .argument('<file>', 'bans.txt, .json or .csv; "-" is standard input or output')
    .addOption(form.choices(['txt', 'json', 'csv']))
    .action((path: string) => {
      const flags = command.optsWithGlobals<FileFlags>()
      return run(async (signal) => (await load())(path, flagsForOne(flags), signal), flags)
    })
}

/** The flags of `bercon bans`, which takes several profiles, for one server. */
function flagsForOne({ profile: [name, ...others] = [], all, ...flags }: FileFlags): BansFileFlags {
  if (others.length > 0 || all === true)
    throw new UsageError('a file of bans goes to or comes from one server: name one profile')
  return { ...flags, ...(name === undefined ? {} : { profile: name }) }
}

function addReadingOptions(command: Command): Command {
  return command.option('--skip-bad-lines', 'leave out lines of the file that are no bans')
}

function addChangeOptions(command: Command): Command {
  return addReadingOptions(command)
    .option('--dry-run', 'only show the plan')
    .option('-y, --yes', 'do it without asking')
}
