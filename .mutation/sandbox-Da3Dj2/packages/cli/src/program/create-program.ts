// @ts-nocheck
import { Command } from 'commander'
import { COMMANDS } from '../commands/index.js'
import { oneLine } from '../output/safe-text.js'
import { print, printError } from '../output/terminal.js'
import { addCommand, addExamples } from './bercon-command.js'
import { BY_LOGIN } from './carrier.js'

const EXIT_CODES = `
Exit codes:
  0    done
  1    the command line or a setting is wrong
  2    the server refused the password
  3    nobody answers
  4    the server does not know the command, or does not allow it
  5    timed out: what came of it is not known
  6    the reply was incomplete, or another than expected
  7    nobody has that name, number or ban, or several have
  130  interrupted
Of several commands or servers: the code of the first that failed.`

/** The command line for these words: every command by its name, and those that the words mean in full. */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('bercon')
    .description('BattlEye RCON for Arma, DayZ and Arma Reforger.')
    .version(await versionFor(words))
    .configureOutput({
      writeOut: print,
      writeErr: printError,
      outputError: (text, write) => write(onOneLine(text)),
    })
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .enablePositionalOptions()
    .exitOverride()
    .helpCommand(false)
  addExamples(program, ...COMMANDS.map(({ examples: [first] }) => first)).addHelpText('after', EXIT_CODES)
  const isWanted = (name: string) => words.includes(name) || words.includes('completion')
  for (const each of COMMANDS) {
    const command = addCommand(program, each)
    if (isWanted(each.name)) each.define(command, BY_LOGIN)
  }
  addHelpCommand(program)
  return program
}

/** `bercon help bans apply`: commander's own takes only one word. */
function addHelpCommand(program: Command): void {
  program
    .command('help')
    .description('show help for a command')
    .argument('[command...]', 'name of the command, and of its subcommand')
    .action((names: readonly string[]) => {
      const meant = names.reduce((above, name) => {
        const below = above.commands.find((each) => each.name() === name)
        return (
          below ?? above.error(`error: there is no command "${names.join(' ')}"; "bercon help" lists them`)
        )
      }, program)
      meant.outputHelp()
    })
}

/** The version, where it is asked for. */
async function versionFor(words: readonly string[]): Promise<string> {
  if (!words.includes('--version') && !words.includes('-V')) return ''
  const { createRequire } = await import('node:module')
  const manifest: { readonly version: string } = createRequire(import.meta.url)('@bercon/cli/package.json')
  return manifest.version
}

// What a flag that there is not was given may be a password.
const UNKNOWN_WITH_VALUE = /^(error: unknown option '[^'=]*)=[\s\S]*$/

function onOneLine(text: string): string {
  const line = text
    .replace(UNKNOWN_WITH_VALUE, "$1'")
    .replace(/^error: /, 'bercon: ')
    .trim()
  return `${oneLine(line.replace(/\s*\n\s*/g, ' '))}\n`
}
