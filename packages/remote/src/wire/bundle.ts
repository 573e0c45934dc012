// Longer ones save little, and a reader has its own limits, also in bytes.
const MAX_LENGTH = 16_384

/**
 * Texts that are sent together, as one list, once the other side has said that it takes lists: a frame of a WebSocket costs
 * more than the message in it.
 */
export class Bundle {
  readonly #send: (text: string) => void
  readonly #schedule: (flush: () => void) => void
  #texts: string[] = []
  #length = 0
  #most = 0

  /** @param schedule calls back when all that belongs together has been added. */
  constructor(send: (text: string) => void, schedule: (flush: () => void) => void) {
    this.#send = send
    this.#schedule = schedule
  }

  /** Characters that wait. */
  get length(): number {
    return this.#length
  }

  /** Notes that the other side takes lists of so many characters. */
  allow(length: number): void {
    this.#most = Math.min(length, MAX_LENGTH)
  }

  /** Sends a text in its order; a long one by itself. */
  add(text: string): void {
    if (this.#most === 0) {
      // What waits since the other side took lists.
      this.flush()
      this.#send(text)
      return
    }
    // Each has a comma or a bracket, and the list has another bracket.
    if (this.#length + text.length + 2 > this.#most) this.flush()
    this.#texts.push(text)
    this.#length += text.length + 1
    if (this.#texts.length === 1) this.#schedule(() => this.flush())
  }

  /** Sends what waits. */
  flush(): void {
    const texts = this.#texts
    const [first] = texts
    if (first === undefined) return
    this.#texts = []
    this.#length = 0
    this.#send(texts.length === 1 ? first : `[${texts.join(',')}]`)
  }
}
