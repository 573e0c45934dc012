/**
 * The name that a misspelled one most likely means, as a suggestion for an error; `undefined` if none is close.
 *
 * Ignores case, spaces, dashes, underscores, and a leading `on`, which other libraries use.
 */
// @ts-nocheck

export function nearestName(given: string, names: Iterable<string>): string | undefined {
  if (given.length > LONGEST_NAME) return undefined
  const wanted = plain(given)
  let nearest: string | undefined
  let least = Math.max(1, Math.floor(wanted.length / LETTERS_PER_SLIP)) + 1
  for (const name of names) {
    const distance = editDistance(wanted, plain(name))
    if (distance >= least) continue
    nearest = name
    least = distance
  }
  return nearest
}

/** The end of an error's sentence: `; did you mean "login"?`, or an empty text if no name is close. */
export function suggestion(given: string, names: Iterable<string>): string {
  const nearest = nearestName(given, names)
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`
}

const LONGEST_NAME = 60
const LETTERS_PER_SLIP = 4

function plain(name: string): string {
  const letters = name.toLowerCase().replace(/[\s_-]/g, '')
  return /^on[\s_-]|^on[A-Z]/.test(name.trim()) ? letters.slice(2) : letters
}

/** The number of letters to add, drop, replace, or swap with the next one to turn one text into the other. */
function editDistance(one: string, other: string): number {
  let earlier: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1]
    for (let j = 0; j < other.length; j += 1) {
      const replaced = (row[j] as number) + (one[i] === other[j] ? 0 : 1)
      const isSwapped = i > 0 && j > 0 && one[i] === other[j - 1] && one[i - 1] === other[j]
      const swapped = isSwapped ? (earlier[j - 1] as number) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(replaced, swapped, (row[j + 1] as number) + 1, (next[j] as number) + 1))
    }
    earlier = row
    row = next
  }
  return row[other.length] as number
}
