/** An action that a player in the game can be made to perform. */
// @ts-nocheck

export interface Act<P> {
  /** The arguments after the player's name. */
  readonly usage: string
  /** Performs it, and returns what was done, for the caller. */
  readonly run: (player: P, rest: string) => string
}

/** A game for the simulator's own commands. */
export interface Stage<P extends { readonly name: string }> {
  readonly players: () => readonly P[]
  readonly join: (name: string, ping: number | undefined) => string
  readonly emit: (line: string) => void
  readonly acts: ReadonlyMap<string, Act<P>>
}

const PREFIX = /^sim\./i
const NEWCOMER = /^(.*?)(?: --ping (-1|\d{1,6}))?$/s

/** Whether a command is one of the simulator's own, such as `sim.join Ann`. No real server has one. */
export function isSimulatorCommand(text: string): boolean {
  return PREFIX.test(text)
}

/** Runs `join NAME`, `chat NAME TEXT` or another, with or without the prefix `sim.`. Never throws. */
export function runSimulatorCommand<P extends { readonly name: string }>(
  stage: Stage<P>,
  text: string,
): string {
  const [word, rest] = takeWord(text.trimStart().replace(PREFIX, ''))
  try {
    return run(stage, word.toLowerCase(), rest)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'invalid-argument') return error.message
    throw error
  }
}

function run<P extends { readonly name: string }>(stage: Stage<P>, word: string, rest: string): string {
  if (word === 'join') return join(stage, rest)
  if (word === 'line') {
    stage.emit(rest)
    return 'Sent.'
  }
  const act = stage.acts.get(word)
  if (act === undefined) return help(stage)
  const found = takePlayer(stage.players(), rest)
  if (found === undefined) return `No player's name stands at the beginning of: ${rest}`
  return act.run(found.player, found.rest)
}

function join<P extends { readonly name: string }>(stage: Stage<P>, rest: string): string {
  const [, name = '', ping] = NEWCOMER.exec(rest) ?? []
  return stage.join(unquoted(name), ping === undefined ? undefined : Number(ping))
}

function help<P extends { readonly name: string }>({ acts }: Stage<P>): string {
  const usages = [...acts].map(([word, { usage }]) => `${word} NAME${usage}`)
  return ['join NAME [--ping MS]', ...usages, 'line TEXT'].join('\n')
}

/** Lines of a game do not quote names, so the longest matching name is meant, unless it is in quotes. */
function takePlayer<P extends { readonly name: string }>(
  players: readonly P[],
  text: string,
): { readonly player: P; readonly rest: string } | undefined {
  const longestFirst = [...players].sort((one, other) => other.name.length - one.name.length)
  for (const player of longestFirst) {
    for (const spelling of [`"${player.name}"`, player.name]) {
      if (text === spelling) return { player, rest: '' }
      if (text.startsWith(`${spelling} `)) return { player, rest: text.slice(spelling.length + 1) }
    }
  }
  return undefined
}

function unquoted(name: string): string {
  return /^".*"$/s.test(name) ? name.slice(1, -1) : name
}

/** The text up to the first space, and everything after it. Quotes do not protect a space. */
export function takeWord(text: string): readonly [word: string, rest: string] {
  const space = text.indexOf(' ')
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)]
}

/** A slot, a ban's number, or a ping; `undefined` for anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
