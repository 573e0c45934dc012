/** An item that waits for a time. The queue that holds it maintains `dueAt` and `place`. */
// @ts-nocheck

export interface Timed {
  dueAt: number
  /** Index in the queue's heap, -1 outside it. */
  place: number
}

/**
 * Items in the order of their times: a binary heap in which each item knows its place. In the common case, an answer in
 * time, its timer is removed at once and leaves no entry behind.
 */
export class TimerQueue<T extends Timed> {
  readonly #heap: T[] = []

  /** The earliest item, which stays in the queue. */
  get first(): T | undefined {
    return this.#heap[0]
  }

  /** Number of items. */
  get size(): number {
    return this.#heap.length
  }

  /** When the earliest item is due, `Infinity` if the queue is empty. */
  get nextAt(): number {
    return this.#heap[0]?.dueAt ?? Number.POSITIVE_INFINITY
  }

  /** Adds an item, or moves it to another time; `Infinity` removes it. */
  set(item: T, dueAt: number): void {
    if (dueAt === Number.POSITIVE_INFINITY) {
      this.remove(item)
      return
    }
    if (item.place < 0) item.place = this.#heap.push(item) - 1
    item.dueAt = dueAt
    this.#rise(item)
    this.#sink(item)
  }

  /** Removes an item; no effect if it is not in the queue. */
  remove(item: T): void {
    const { place } = item
    if (place < 0) return
    item.place = -1
    const last = this.#heap.pop() as T
    if (last === item) return
    this.#put(last, place)
    this.#rise(last)
    this.#sink(last)
  }

  /** Removes and returns the earliest item that is due. */
  takeDue(now: number): T | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.dueAt > now) return undefined
    this.remove(first)
    return first
  }

  #put(item: T, place: number): void {
    this.#heap[place] = item
    item.place = place
  }

  #rise(item: T): void {
    for (;;) {
      const { place } = item
      const parent = this.#heap[(place - 1) >> 1] as T
      if (place === 0 || parent.dueAt <= item.dueAt) return
      const above = parent.place
      this.#put(parent, place)
      this.#put(item, above)
    }
  }

  #sink(item: T): void {
    for (;;) {
      const left = item.place * 2 + 1
      const first = this.#heap[left]
      if (first === undefined) return
      const second = this.#heap[left + 1]
      const child = second !== undefined && second.dueAt < first.dueAt ? second : first
      if (item.dueAt <= child.dueAt) return
      const { place } = item
      const below = child.place
      this.#put(child, place)
      this.#put(item, below)
    }
  }
}
