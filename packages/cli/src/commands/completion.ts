import type { Command } from 'commander'
import { bashScript, zshScript } from '../completion/bash-script.js'
import { type CompletedCommand, completedCommands } from '../completion/completed-command.js'
import { fishScript } from '../completion/fish-script.js'
import { EXIT } from '../exit-codes.js'
import { print } from '../output/terminal.js'

/** The shells that can complete `bercon`. */
export type Shell = 'bash' | 'zsh' | 'fish'

const SCRIPTS: { readonly [S in Shell]: (commands: readonly CompletedCommand[]) => string } = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

/** `bercon completion`: puts out a script with every command, option and value in it. */
export async function completion(shell: Shell, program: Command): Promise<number> {
  print(SCRIPTS[shell](completedCommands(program)))
  return EXIT.done
}
