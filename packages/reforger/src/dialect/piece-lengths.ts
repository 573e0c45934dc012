import { LEAST_FULL_LENGTH } from '../joined-chunks.js'

const LINE_FEED = 0x0a

/** How long the pieces of one output are: all but the last are as long as the server makes them. */
export class PieceLengths {
  readonly #isList: boolean
  readonly #seen = new Set<number>()
  #count = 0

  /** @param isList Whether all of it is one text: then two pieces of the same length show where the server cuts. */
  constructor(isList: boolean) {
    this.#isList = isList
  }

  add({ length }: Uint8Array): void {
    this.#seen.add(length)
    this.#count++
  }

  /** Whether a piece has the full length and ends within a line, so that the next goes on there, whatever it looks like. */
  isCut(piece: Uint8Array): boolean {
    // A shorter piece is the last one, and where there is a longer one the server does not cut by length.
    if (this.#seen.size > 1 || piece.at(-1) === LINE_FEED) return false
    if (this.#seen.size === 1 && !this.#seen.has(piece.length)) return false
    return piece.length >= LEAST_FULL_LENGTH || (this.#isList && this.#count > 1)
  }
}
