// Everyday lengths; what is longer costs more than the view of it.
const KEPT = 256

/**
 * Views of one buffer from `start` to wherever is asked, those up to everyday lengths made once: a view costs more
 * than what is done with so few bytes.
 */
export class Views {
  readonly #buffer: Uint8Array
  readonly #start: number
  readonly #kept: Uint8Array[] = []

  constructor(buffer: Uint8Array, start: number) {
    this.#buffer = buffer
    this.#start = start
  }

  to(end: number): Uint8Array {
    const kept = this.#kept[end]
    if (kept !== undefined) return kept
    const made = this.#buffer.subarray(this.#start, end)
    if (end < KEPT) this.#kept[end] = made
    return made
  }
}
