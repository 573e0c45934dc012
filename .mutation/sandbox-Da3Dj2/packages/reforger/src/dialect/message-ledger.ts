// @ts-nocheck
import type { SortedMessage } from './sorted-message.js'

// A server has at most 64 messages open after the oldest unacknowledged one (W11).
const MOST_MISSING = 256

/** The numbers of messages received, and of those that must have been sent but are missing. */
export class MessageLedger {
  readonly #missing = new Set<number>()
  #newest = -1
  #newestOutput = -1
  #discarded = { after: -1, upTo: -1 }

  /** Number of the newest message, -1 before the first. */
  get newest(): number {
    return this.#newest
  }

  /**
   * The missing numbers after the last piece of output that arrived: if they were output too, the server was not
   * finished.
   */
  get unsure(): readonly number[] {
    return [...this.#missing].filter((number) => number > this.#newestOutput)
  }

  add({ kind, event: { number } }: SortedMessage): void {
    this.#missing.delete(number)
    // Before the first message the start of the numbers is unknown.
    if (this.#newest >= 0)
      for (let skipped = Math.max(this.#newest + 1, number - MOST_MISSING); skipped < number; skipped++)
        this.#missing.add(skipped)
    this.#newest = Math.max(this.#newest, number)
    if (kind !== 'line') this.#newestOutput = Math.max(this.#newestOutput, number)
    for (const old of this.#missing) if (old < this.#newest - MOST_MISSING) this.#missing.delete(old)
  }
  /** Discards output that was sent so far after that number, because nobody requested it. */
  discardBehind(number: number): void {
    this.#discarded = { after: number, upTo: this.#newest }
  }

  /** Whether a late message is such discarded output. */
  isDiscarded(number: number): boolean {
    return number > this.#discarded.after && number <= this.#discarded.upTo
  }
}
