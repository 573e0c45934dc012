// @ts-nocheck
import { SEQUENCES } from '../wire/serial-number.js'

/**
 * A sequence is not used for another command within this many others. A server that recognizes repeats by their
 * sequence forgets a command after 64 newer ones.
 */
export const DISTANCE = 128

const IN_USE = Number.POSITIVE_INFINITY
const NEVER_USED = Number.NEGATIVE_INFINITY

/**
 * Assigns sequences in ascending order, wrapping (P5). It skips reserved ones: in flight, resting without an answer, or
 * used within the last {@link DISTANCE} assignments. It waits for one that was answered, so that a few sequences are
 * not used over and over while others rest.
 */
export class SequencePool {
  // When each may be assigned next.
  readonly #freeAt: Float64Array = new Float64Array(SEQUENCES).fill(Number.NEGATIVE_INFINITY)
  readonly #isAnswered: Uint8Array = new Uint8Array(SEQUENCES)
  // How many were assigned when each was last used.
  readonly #usedAt: Float64Array = new Float64Array(SEQUENCES).fill(NEVER_USED)
  #handOuts = 0
  #next = 0
  // No sequence is free before this time. Avoids a new search at each call while all rest.
  #noneBefore = Number.NEGATIVE_INFINITY

  /** The next sequence for a command, or `undefined`. */
  take(now: number): number | undefined {
    return now < this.#noneBefore ? undefined : this.#takeBeyond(DISTANCE, now)
  }

  /**
   * The next sequence for a keep-alive, or `undefined`. It may have been used just `DISTANCE` assignments ago: while
   * 128 commands are in flight for long, keep-alives use the other 128.
   */
  takeForKeepAlive(now: number): number | undefined {
    return this.#takeBeyond(DISTANCE - 1, now)
  }

  /** The same command is sent again with this sequence. */
  useAgain(sequence: number): void {
    this.#usedAt[sequence] = this.#handOuts
  }

  /** Returns an answered sequence. Neither it nor any later one is assigned before `until`. */
  restAnswered(sequence: number, until: number): void {
    this.#isAnswered[sequence] = 1
    this.#free(sequence, until)
  }

  /** Returns an unanswered sequence. It is not assigned before `until`, but skipped. */
  restUnanswered(sequence: number, until: number): void {
    this.#isAnswered[sequence] = 0
    this.#free(sequence, until)
  }

  /** Number of sequences that are skipped: in flight, or resting without an answer. */
  reserved(now: number): number {
    let reserved = 0
    for (let sequence = 0; sequence < SEQUENCES; sequence++)
      if ((this.#freeAt[sequence] as number) > now && this.#isAnswered[sequence] === 0) reserved++
    return reserved
  }

  /** After `take` returned `undefined`: when it will return a sequence; `Infinity` while all are in use. */
  get nextFreeAt(): number {
    return this.#noneBefore
  }

  #free(sequence: number, until: number): void {
    this.#freeAt[sequence] = until
    if (until < this.#noneBefore) this.#noneBefore = until
  }

  #takeBeyond(distance: number, now: number): number | undefined {
    let earliest = IN_USE
    for (let step = 0; step < SEQUENCES; step++) {
      const sequence = (this.#next + step) % SEQUENCES
      if (this.#handOuts - (this.#usedAt[sequence] as number) <= distance) continue
      const freeAt = this.#freeAt[sequence] as number
      if (freeAt <= now) {
        this.#freeAt[sequence] = IN_USE
        this.#isAnswered[sequence] = 0
        this.#usedAt[sequence] = this.#handOuts++
        this.#next = (sequence + 1) % SEQUENCES
        return sequence
      }
      if (freeAt < earliest) earliest = freeAt
      if (this.#isAnswered[sequence] === 1) break
    }
    this.#noneBefore = earliest
    return undefined
  }
}
