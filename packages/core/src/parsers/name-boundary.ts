import { type KnownNames, knownNames } from './known-names.js'

/** A name and what follows it: one way to read a text that does not say where the name ends. */
export type Reading = readonly [name: string, rest: string]

/** What a text with a free name in front was read as, and whether another reading is as good. */
export interface NameSplit {
  readonly name: string
  readonly rest: string
  readonly doubt: Doubt
}

/** Empty when the text can be read in one way only, or when a known name decided. */
export interface Doubt {
  /** Set when other readings are possible too. */
  readonly ambiguous?: true
  /** The readings that are possible, from the shortest name on: at most the first 16. */
  readonly candidates?: readonly Reading[]
}

// A line of separators would otherwise list itself thousands of times over.
const MAX_CANDIDATES = 16

/**
 * Splits a text that begins with a name. A known name decides, the longest if several fit; else the first separator
 * behind which the name is `likely`; else the first.
 */
export function splitName(
  text: string,
  separator: string,
  known: KnownNames,
  likely: (name: string) => boolean = () => true,
): NameSplit | undefined {
  const first = text.indexOf(separator)
  if (first === -1) return undefined
  const readingAt = (end: number): Reading => [text.slice(0, end), text.slice(end + separator.length)]
  if (text.indexOf(separator, first + 1) === -1) return split(readingAt(first), {})

  const fitting = new Set<number>()
  for (const name of knownNames(known)) {
    if (text.startsWith(name) && text.startsWith(separator, name.length)) fitting.add(name.length)
  }
  if (fitting.size === 0) {
    const readings = separatorsOf(text, separator).map(readingAt)
    const likeliest = readings.find(([name]) => likely(name))
    return split(likeliest ?? readingAt(first), doubt(readings))
  }
  const ends = [...fitting].sort((a, b) => a - b)
  const readings = ends.slice(0, MAX_CANDIDATES).map(readingAt)
  return split(readingAt(Math.max(...ends)), readings.length === 1 ? {} : doubt(readings))
}

function split([name, rest]: Reading, doubt: Doubt): NameSplit {
  return { name, rest, doubt }
}

function doubt(candidates: readonly Reading[]): Doubt {
  return { ambiguous: true, candidates }
}

function separatorsOf(text: string, separator: string): readonly number[] {
  const found: number[] = []
  for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + 1)) {
    found.push(at)
    if (found.length === MAX_CANDIDATES) break
  }
  return found
}
