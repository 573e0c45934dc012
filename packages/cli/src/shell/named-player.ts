/** What the shell has to know of a player. */
export interface Named {
  readonly id: number
  readonly name: string
}

const ABOUT_A_PLAYER = /^(kick|ban|say) +(?!-?\d+( |$))/i

/**
 * A command with a player's name where the server wants a number: the longest known name that stands there whole.
 * Nothing when a name is wanted there and none is known, or two players have it.
 */
export function withNumber(line: string, players: readonly Named[]): string | undefined {
  const [beginning] = ABOUT_A_PLAYER.exec(line) ?? []
  if (beginning === undefined) return line
  const rest = line.slice(beginning.length)
  const isNamed = ({ name }: Named) => name !== '' && (rest === name || rest.startsWith(`${name} `))
  const [longest, ...others] = players.filter(isNamed).toSorted((a, b) => b.name.length - a.name.length)
  if (longest === undefined || others.some(({ name }) => name === longest.name)) return undefined
  return `${beginning}${longest.id}${rest.slice(longest.name.length)}`
}
