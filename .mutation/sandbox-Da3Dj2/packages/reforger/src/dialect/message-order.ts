// @ts-nocheck
import type { SortedMessage } from './sorted-message.js'

// Memory per held message beyond its bytes.
const MESSAGE_COST = 64

/** Messages that arrived in any order, read in the order of their numbers. */
export class MessageOrder {
  readonly #after: number
  readonly #held = new Map<number, SortedMessage>()
  #newest: number
  #next: number
  #cost = 0

  /** @param after Number of the message before the first, -1 if none is known yet. */
  constructor(after: number) {
    this.#after = after
    this.#newest = after
    this.#next = after + 1
  }

  /** Number of the message that is read next. */
  get next(): number {
    return this.#next
  }

  /** Whether a message is missing before the newest. */
  get hasGap(): boolean {
    return this.#next <= this.#newest
  }

  /** Bytes held, plus a constant for each message. */
  get cost(): number {
    return this.#cost
  }

  add(message: SortedMessage): void {
    const { number, bytes } = message.event
    this.#held.set(number, message)
    this.#newest = Math.max(this.#newest, number)
    this.#cost += bytes.length + MESSAGE_COST
  }

  /** Starts to read at a number, if it is unknown which is the first. */
  beginAt(number: number): void {
    if (this.#after < 0) this.#next = number
  }

  /** The message that is read next; `undefined` while it is missing. */
  peek(): SortedMessage | undefined {
    return this.#held.get(this.#next)
  }

  /** Moves to the next number. */
  advance(): void {
    this.#next++
  }

  /** The message right before a number; `first` if there cannot be one, `undefined` while it is missing. */
  before(number: number): SortedMessage | 'first' | undefined {
    const isFirst = this.#after < 0 || number <= this.#after + 1
    return this.#held.get(number - 1) ?? (isFirst ? 'first' : undefined)
  }

  /** All messages that arrived, by number. */
  all(): readonly SortedMessage[] {
    return [...this.#held.values()].sort((a, b) => a.event.number - b.event.number)
  }
}
