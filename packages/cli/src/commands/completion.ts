import type { Command } from 'commander'
import { EXIT } from '../exit-codes.js'
import { print } from '../output/terminal.js'

/** The shells that can complete `bercon`. */
export type Shell = 'bash' | 'zsh' | 'fish'

/** `bercon completion`: puts out a script with every command and flag in it. */
export async function completion(shell: Shell, program: Command): Promise<number> {
  print(SCRIPTS[shell](program.commands))
  return EXIT.done
}

type Commands = readonly Command[]

const SCRIPTS: { readonly [S in Shell]: (commands: Commands) => string } = {
  bash: bashScript,
  zsh: (commands) => `#compdef bercon\nautoload -Uz bashcompinit && bashcompinit\n${bashScript(commands)}`,
  fish: fishScript,
}

/** What can follow a command: its flags, and the commands below it. */
function wordsAfter(command: Command): readonly string[] {
  const flags = command.options.map(({ long }) => long).filter((long) => typeof long === 'string')
  return [...command.commands.map((each) => each.name()), ...flags]
}

function bashScript(commands: Commands): string {
  const cases = commands.map(
    (command) => `    ${command.name()}) words='${wordsAfter(command).join(' ')}' ;;`,
  )
  return `_bercon() {
  local words current="\${COMP_WORDS[COMP_CWORD]}"
  case "$([ "$COMP_CWORD" -gt 1 ] && printf %s "\${COMP_WORDS[1]}")" in
${cases.join('\n')}
    *) words='${commands.map((command) => command.name()).join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _bercon bercon
`
}

function fishScript(commands: Commands): string {
  const lines = commands.flatMap((command) => {
    const name = command.name()
    const about = `complete -c bercon -n '__fish_seen_subcommand_from ${name}'`
    const flags = command.options.filter(({ long }) => typeof long === 'string')
    return [
      `complete -c bercon -n __fish_use_subcommand -f -a ${name} -d ${quoted(command.description())}`,
      ...command.commands.map((each) => `${about} -f -a ${each.name()} -d ${quoted(each.description())}`),
      ...flags.map(({ long, description }) => `${about} -l ${long?.slice(2)} -d ${quoted(description)}`),
    ]
  })
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}
