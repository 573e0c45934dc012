// @ts-nocheck
import { Command, CommanderError } from 'commander'
import { type CompletedCommand, completedCommands } from '../completion/completed-command.js'
import type { BerconCommand } from './bercon-command.js'
import type { Carrier } from './carrier.js'

/** The words that only the prompt has, and what they do. */
const OWN_WORDS = [
  ['exec', 'send the rest as a raw command, as is every line that starts with no word of this list'],
  ['help', 'show this list, or help for a command; also ?'],
  ['exit', 'exit; also quit, or Ctrl-D'],
] as const

/** The commands of the prompt: those of the command line, without what is about logging in. */
export function createShellProgram(
  commands: readonly BerconCommand[],
  carrier: Carrier,
  write: (text: string) => void,
): Command {
  const program = new Command('')
    .exitOverride()
    .enablePositionalOptions()
    .helpCommand(false)
    .configureOutput({ writeOut: write, writeErr: write, outputError: (text) => write(withoutLabel(text)) })
  for (const { name, about, define } of commands)
    define(program.command(name).description(about).usage(''), carrier)
  return program
}

/** Runs a line, split into words, and prints usage errors. */
export async function parseLine(program: Command, words: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
  }
}

/** Every command of the prompt in a line of its own. */
export function shellHelp({ commands }: Command): string {
  const rows = [
    ...commands.map((each) => [each.name(), each.description().replace(/;.*/, '')] as const),
    ...OWN_WORDS,
  ]
  const width = Math.max(...rows.map(([word]) => word.length))
  const lines = rows.map(([word, about]) => `${word.padEnd(width)}  ${about}`)
  return [...lines, 'Tab completes commands and players. A / before a command is optional.'].join('\n')
}

function withoutLabel(text: string): string {
  return text.replace(/^error: /, '')
}

/** The commands of the prompt, for completion. */
export function commandsToComplete(commands: readonly BerconCommand[]): readonly CompletedCommand[] {
  const nowhere: Carrier = {
    kind: 'shell',
    addOptions: (command) => command,
    note: () => {},
    carryOut: async () => {},
  }
  const program = createShellProgram(commands, nowhere, () => {})
  return completedCommands(program).filter(({ path }) => /^\w+$/.test(path) && path !== 'help')
}
