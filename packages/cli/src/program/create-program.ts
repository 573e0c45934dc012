import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { actingCommands } from './acting-commands.js'
import { bansCommand } from './bans-command.js'
import { listCommands } from './list-commands.js'
import { localCommands } from './local-commands.js'

const EXIT_CODES = `
Exit codes:
  0    done
  1    the command line or a setting is wrong
  2    the server refused the password
  3    nobody answers
  4    the server does not know the command, or does not allow it
  5    timed out: what came of it is not known
  6    the reply was incomplete, or another than expected
  130  interrupted
Of several commands: the code of the first that failed.`

/** The whole command line; what a command does is loaded when it is used. */
export function createProgram(): Command {
  const program = new Command('bercon')
    .description('BattlEye RCON for Arma, DayZ and Arma Reforger.')
    .version(version())
    .configureOutput({ outputError: (text, write) => write(onOneLine(text)) })
    .addHelpText('after', `${EXIT_CODES}\n\n"bercon help COMMAND" shows an example of each.`)
  for (const command of [...listCommands(), bansCommand(), ...actingCommands(), ...localCommands()])
    program.addCommand(command.copyInheritedSettings(program))
  return program
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return String((manifest as { readonly version: unknown }).version)
}

function onOneLine(text: string): string {
  return `${text
    .replace(/^error: /, 'bercon: ')
    .trim()
    .replace(/\s*\n\s*/g, ' ')}\n`
}
