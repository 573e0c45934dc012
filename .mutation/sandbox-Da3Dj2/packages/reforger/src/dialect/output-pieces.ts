// @ts-nocheck
import { LEAST_FULL_LENGTH } from '../joined-chunks.js'
import type { SortedMessage } from './sorted-message.js'

const LINE_FEED = 0x0a

/** The pieces of one output, in order. All except the last have the server's full length. */
export class OutputPieces {
  readonly #isList: boolean
  readonly #lengths = new Set<number>()
  #pieces: Uint8Array[] = []
  // The last piece, if it looks like something else.
  #tail: SortedMessage | undefined

  /** @param isList Whether all of it is one text: then two pieces of the same length show where the server cuts. */
  constructor(isList: boolean) {
    this.#isList = isList
  }

  get all(): readonly Uint8Array[] {
    return this.#tail === undefined ? this.#pieces : [...this.#pieces, this.#tail.event.bytes]
  }

  get tail(): SortedMessage | undefined {
    return this.#tail
  }

  /** Adds a piece that is certainly output. */
  add(piece: Uint8Array): void {
    this.#tail = undefined
    this.#pieces.push(piece)
    this.#lengths.add(piece.length)
  }

  /** Treats a line or an echo as the last piece, until another piece follows it. */
  setTail(message: SortedMessage): void {
    this.#tail = message
  }

  /** Drops all pieces: the output starts over. */
  clear(): void {
    this.#pieces = []
    this.#lengths.clear()
    this.#tail = undefined
  }

  /** Whether a piece has full length and ends within a line: the next message continues it, whatever it looks like. */
  isCut(piece: Uint8Array): boolean {
    // A shorter piece is the last one, and if there is a longer one the server does not cut by length.
    if (this.#lengths.size > 1 || piece.at(-1) === LINE_FEED) return false
    if (this.#lengths.size === 1 && !this.#lengths.has(piece.length)) return false
    return piece.length >= LEAST_FULL_LENGTH || (this.#isList && this.#pieces.length > 1)
  }
}
