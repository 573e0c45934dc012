/** A queue of items. If they are not taken, only the newest `limit` are kept. */
// @ts-nocheck

export class Outbox<T> {
  readonly #limit: number
  #items: T[] = []
  #dropped = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Number of items dropped because newer ones needed the room. */
  get dropped(): number {
    return this.#dropped + Math.max(0, this.#items.length - this.#limit)
  }

  put(item: T): void {
    this.#items.push(item)
    // Dropping one at a time would move the whole list each time.
    if (this.#items.length >= this.#limit * 2) this.#trim()
  }

  take(): readonly T[] {
    this.#trim()
    const taken = this.#items
    this.#items = []
    return taken
  }

  #trim(): void {
    const excess = this.#items.length - this.#limit
    if (excess <= 0) return
    this.#items.splice(0, excess)
    this.#dropped += excess
  }
}
