// @ts-nocheck
import type { Command, Option } from 'commander'

/**
 * Makes everything from the first argument on a name or a text, whatever it looks like: scripts pass on what players write,
 * and a reason such as `--host=…` must not choose where the password goes.
 */
export function takesText(command: Command): Command {
  textCommands.add(command)
  return command
    .passThroughOptions()
    .addHelpText('after', '\nOptions come first: everything after the first argument is a name or text.')
    .hook('preAction', () => {
      const word = valueInOneWord(command)
      if (word !== undefined)
        command.error(
          `error: in "${command.name()}" the option ${word} and its value must be two words; ` +
            'a name or a text that begins with "-" needs "--" before it',
        )
    })
}

const textCommands = new WeakSet<Command>()

/** Whether everything from the command's first argument on is text. */
export function isTextCommand(command: Command): boolean {
  return textCommands.has(command)
}

/** Notes words of a text that look like options, because they may be meant as such. */
export function noteOptionsIn(
  words: readonly string[],
  command: Command,
  note: (text: string) => void,
): void {
  const flags = command.options.flatMap(({ long, short }) => [long, short])
  const word = words.find((each) => flags.includes(each.replace(/=.*$/s, '')))
  if (word !== undefined)
    note(`"${word}" comes after the first argument and is read as text; options come first`)
}

/**
 * The option that stands in one word with its value, before the first argument. A player named `--host=…`, passed on as a
 * variable, would be such a word; no single name is two words.
 */
function valueInOneWord(command: Command): string | undefined {
  const raw = command.parent === null ? [] : (command.parent as Command & { rawArgs: string[] }).rawArgs
  const words = raw.slice(raw.indexOf(command.name()) + 1).values()
  for (const word of words) {
    if (word === '--' || !word.startsWith('-')) return undefined
    const option = command.options.find((each) => isOption(each, word))
    if (option === undefined || !(option.required || option.optional)) continue
    if (word !== option.long && word !== option.short) return option.long ?? option.short
    words.next()
  }
  return undefined
}

function isOption({ long, short }: Option, word: string): boolean {
  if (word.startsWith('--')) return word.replace(/=.*$/s, '') === long
  return short !== undefined && word.startsWith(short)
}
