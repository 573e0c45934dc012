/** What the command line can complete with. */
export interface Vocabulary {
  readonly commands: readonly string[]
  readonly players: readonly { readonly id: number; readonly name: string }[]
}

/** Commands whose first argument is a player's number. */
const OF_PLAYERS = new Set(['kick', 'ban', 'say'])

export interface Completion {
  /** The line, completed as far as all choices agree. */
  readonly line: string
  /** The choices, where there are several. */
  readonly choices: readonly string[]
}

/** Completes a command's name, or the player that it is about: a name's beginning becomes the player's number. */
export function complete(line: string, { commands, players }: Vocabulary): Completion {
  const [, command = '', rest] = /^(\S*)(?:\s+(.*))?$/s.exec(line) ?? []
  if (rest === undefined) {
    const choices = commands.filter((each) => each.toLowerCase().startsWith(command.toLowerCase()))
    if (choices.length === 1) return { line: `${choices[0]} `, choices: [] }
    return { line: choices.length === 0 ? line : commonStart(choices), choices }
  }
  if (!OF_PLAYERS.has(command.toLowerCase()) || rest === '') return { line, choices: [] }
  const named = players.filter(({ name }) => name.toLowerCase().startsWith(rest.toLowerCase()))
  if (named.length === 1) return { line: `${command} ${named[0]?.id} `, choices: [] }
  return { line, choices: named.map(({ id, name }) => `${id} ${name}`) }
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts
  let length = first.length
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length--
  return first.slice(0, length)
}
