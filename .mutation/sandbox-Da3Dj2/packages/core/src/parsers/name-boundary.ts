// @ts-nocheck
import { type KnownNames, knownNames } from './known-names.js'

/** One reading of a text that does not show where the name ends: the name, and what follows it. */
export type Reading = readonly [name: string, rest: string]

/** The chosen reading of a text that starts with a free name, and whether another is equally possible. */
export interface NameSplit {
  readonly name: string
  readonly rest: string
  readonly doubt: Doubt
}

/** Empty if the text has only one reading, or if a known name decided. */
export interface Doubt {
  /** Set if other readings are possible. */
  readonly ambiguous?: true
  /** The possible readings, from the shortest name on; at most the first 16. */
  readonly candidates?: readonly Reading[]
}

// A line full of separators would otherwise repeat itself thousands of times.
const MAX_CANDIDATES = 16

/**
 * Splits a text that begins with a name. A known name decides, the longest if several match; otherwise the first
 * separator whose name is `likely`; otherwise the first.
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
