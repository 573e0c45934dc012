// @ts-nocheck
import type { Command } from 'commander'
import { EXIT } from '../exit-codes.js'
import { print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { run } from '../run.js'

const SHELLS = ['bash', 'zsh', 'fish'] as const

export const command: BerconCommand = {
  name: 'completion',
  about: 'print a completion script for a shell',
  examples: ['source <(bercon completion bash)', 'bercon completion fish | source'],
  define: (command) => {
    command
      .addArgument(command.createArgument('<shell>').choices(SHELLS))
      .action((shell: Shell) => run(() => completion(shell, command.parent ?? command), {}))
  },
}

type Shell = (typeof SHELLS)[number]

/** `bercon completion`: prints a script with every command, option and value. */
async function completion(shell: Shell, program: Command): Promise<number> {
  const [{ completedCommands }, { bashScript, zshScript }, { fishScript }] = await Promise.all([
    import('../completion/completed-command.js'),
    import('../completion/bash-script.js'),
    import('../completion/fish-script.js'),
  ])
  const script = { bash: bashScript, zsh: zshScript, fish: fishScript }[shell]
  print(script(completedCommands(program)))
  return EXIT.done
}
