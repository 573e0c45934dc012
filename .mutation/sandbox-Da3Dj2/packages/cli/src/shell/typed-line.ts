// @ts-nocheck
import { folded } from '../server/find-player.js'

/** Commands whose first word names a player or a ban. */
const ABOUT_A_TARGET: ReadonlySet<string> = new Set(['kick', 'ban', 'unban'])

/**
 * The words of a line as a shell of the system would hand them to `bercon`. What names a player is one word, in double
 * quotes or not: the longest known name that stands there whole. Everything else is free text, and stays as it is.
 */
export function wordsOf(line: string, names: readonly string[]): string[] {
  const { word: command, rest } = firstWord(line)
  const words = [command.toLowerCase()]
  let text = rest
  while (text.startsWith('--')) {
    const option = firstWord(text)
    const isName = option.word === '--to'
    const value = isName ? firstName(option.rest, names) : firstWord(option.rest)
    words.push(option.word, ...(value.word === '' ? [] : [value.word]))
    text = value.rest
  }
  if (ABOUT_A_TARGET.has(command.toLowerCase())) {
    const target = firstName(text, names)
    // A player may be called --host.
    if (target.word.startsWith('-')) words.push('--')
    if (target.word !== '') words.push(target.word)
    text = target.rest
  }
  // Two spaces between words of a text are part of it.
  return text === '' ? words : [...words, ...text.split(' ')]
}

/** The beginning of a text, and what comes after it. */
interface Beginning {
  readonly word: string
  readonly rest: string
}

function firstWord(text: string): Beginning {
  const [, word = '', rest = ''] = /^ *([^ ]*) *(.*)$/s.exec(text) ?? []
  return { word, rest }
}

function firstName(text: string, names: readonly string[]): Beginning {
  const [quoted, word = ''] = /^"([^"]+)"(?: +|$)/.exec(text) ?? []
  if (quoted !== undefined) return { word, rest: text.slice(quoted.length) }
  const isThere = (name: string) =>
    folded(text.slice(0, name.length)) === folded(name) && /^( |$)/.test(text.slice(name.length))
  const [longest = ''] = names
    .filter((name) => name !== '' && isThere(name))
    .toSorted((a, b) => b.length - a.length)
  if (longest === '') return firstWord(text)
  return { word: text.slice(0, longest.length), rest: text.slice(longest.length).trimStart() }
}
