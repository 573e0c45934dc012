/** A place in a text, and what replaces it. */
export interface Replacement {
  readonly at: number
  readonly length: number
  readonly by: string
}

// A shorter name is also a usual word, or a part of one.
const LONG_NAME = 4
const BRACKETED = /\[[^\]]*\]|<[^>]*>|\([^)]*\)|\|[^|]*\|/g
const LETTERS_OF_WORDS = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u
const SYMBOLS = /^[^\p{L}\p{N}]+$/u
// Such a name can be a part of an address or a GUID.
const LIKE_AN_ID = /^[0-9a-f.:-]+$/i

/**
 * Invented names, and where the real ones are. In free text a name of four characters or more is found in any case and
 * within words, without its clan's tag too; a name of two or three is found as it is, as a word; one of a single
 * character or of a small number is left, because it says nothing.
 */
export class InventedNames {
  /** The real names. */
  readonly originals: string[] = []
  readonly #names = new Map<string, string>()
  readonly #words = new NameFinder()
  readonly #likeIds = new NameFinder()

  /** Adds a name, unless it is known, and returns the invented one. Spaces around it are padding of a list. */
  add(shown: string): string {
    const name = shown.trim()
    const known = this.#names.get(name)
    if (known !== undefined || name === '') return known ?? shown
    const invented = `Player ${this.#names.size + 1}`
    this.#names.set(name, invented)
    this.originals.push(name)
    for (const each of [name, name.replace(BRACKETED, '').trim()]) this.#finderOf(each).add(each, invented)
    return invented
  }

  /** Where names are that cannot be a part of an address or a GUID, from the left. */
  words(text: string): readonly Replacement[] {
    return this.#words.found(text)
  }

  /** Where the other names are, from the left. */
  likeIds(text: string): readonly Replacement[] {
    return this.#likeIds.found(text)
  }

  #finderOf(name: string): NameFinder {
    return LIKE_AN_ID.test(name) ? this.#likeIds : this.#words
  }
}

/** Finds names in texts; how long it takes depends on the lengths of the names, not on their number. */
class NameFinder {
  /** By the length of the name, the longest first: the invented name by the folded one, and by the exact one. */
  readonly #long = new Map<number, Map<string, string>>()
  readonly #short = new Map<number, Map<string, string>>()
  #lengths: readonly number[] | undefined

  add(name: string, invented: string): void {
    const isLong = [...name].length >= LONG_NAME
    if (!isLong && ([...name].length < 2 || /^\d+$/.test(name))) return
    const key = isLong ? folded(name) : name
    const names = isLong ? this.#long : this.#short
    const same = names.get(key.length) ?? new Map<string, string>()
    names.set(key.length, same)
    // The exact name has come before those that differ in case or in the tag.
    if (!same.has(key)) same.set(key, invented)
    this.#lengths = undefined
  }

  found(text: string): readonly Replacement[] {
    this.#lengths ??= [...new Set([...this.#long.keys(), ...this.#short.keys()])].sort((a, b) => b - a)
    const small = folded(text)
    const found: Replacement[] = []
    for (let at = 0; at < text.length; at++) {
      const here = this.#foundAt(text, small, at)
      if (here === undefined) continue
      found.push(here)
      at += here.length - 1
    }
    return found
  }

  #foundAt(text: string, small: string, at: number): Replacement | undefined {
    for (const length of this.#lengths ?? []) {
      const long = this.#long.get(length)?.get(small.slice(at, at + length))
      if (long !== undefined) return { at, length, by: long }
      const short = this.#short.get(length)?.get(text.slice(at, at + length))
      if (short !== undefined && standsAlone(text, at, at + length)) return { at, length, by: short }
    }
    return undefined
  }
}

function standsAlone(text: string, at: number, end: number): boolean {
  const name = text.slice(at, end)
  const [before, after] = [text.slice(Math.max(0, at - 2), at), text.slice(end, end + 2)]
  if (LETTERS_OF_WORDS.test(name)) return !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)
  return !SYMBOLS.test(name) || (!/[^\s"'(]$/u.test(before) && !/^[^\s"'):,.!?]/u.test(after))
}

/** In lower case, and of the same length, so that a place in it is one in the text. */
function folded(text: string): string {
  const small = text.toLowerCase()
  if (small.length === text.length) return small
  return text
    .split('')
    .map((unit) => (unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit))
    .join('')
}
