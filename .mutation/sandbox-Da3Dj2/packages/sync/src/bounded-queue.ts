/** First in, first out; beyond the limit the oldest are removed. */
// @ts-nocheck

export class BoundedQueue<T> {
  readonly #max: number
  #items: T[] = []
  // Items before it are gone. Moving thousands up by one each time would be slow, so they are cut off occasionally.
  #first = 0

  constructor(max: number) {
    this.#max = max
  }

  get length(): number {
    return this.#items.length - this.#first
  }

  /** Adds an item; returns the one removed to make room, if any. */
  push(item: T): T | undefined {
    this.#items.push(item)
    return this.length > this.#max ? this.shift() : undefined
  }

  /** The oldest item. */
  shift(): T | undefined {
    if (this.length === 0) return undefined
    const item = this.#items[this.#first++]
    if (this.length === 0 || this.#first > this.#max) this.#cutOff()
    return item
  }

  /** Removes and returns all items. */
  take(): readonly T[] {
    this.#cutOff()
    const taken = this.#items
    this.#items = []
    return taken
  }

  #cutOff(): void {
    if (this.#first > 0) this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}
