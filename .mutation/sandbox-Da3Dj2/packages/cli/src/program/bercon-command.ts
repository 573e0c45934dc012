// @ts-nocheck
import type { Command } from 'commander'
import type { Carrier } from './carrier.js'

/**
 * One command of `bercon`: its help, its flags, and its work. `bercon --help` loads the files of all commands, so code
 * that talks to a server is loaded with `import()` when the command runs.
 */
export interface BerconCommand {
  readonly name: string
  readonly about: string
  /** Command lines that show its use; the list of all commands shows the first. */
  readonly examples: readonly [string, ...string[]]
  /** Adds its arguments and flags, and what is done with them. */
  readonly define: (command: Command, carrier: Carrier) => void
}

/** Adds a command to the one above it, with its help; its flags are still to be defined. */
export function addCommand(above: Command, { name, about, examples }: BerconCommand): Command {
  return addExamples(above.command(name).description(about), ...examples)
}

/** Adds examples to a command's help. */
export function addExamples(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length === 1 ? 'Example:' : 'Examples:'
  return command.addHelpText('after', `\n${title}\n${lines.map((line) => `  $ ${line}`).join('\n')}`)
}
