import { SEQUENCES } from '../wire/serial-number.js'

/**
 * So many hand-outs after its last use a sequence may stand for something else at the earliest: a server that recognizes
 * repeats by their sequence forgets a command once 64 newer ones have come.
 */
export const DISTANCE = 128

const IN_USE = Number.POSITIVE_INFINITY
const NEVER_USED = Number.NEGATIVE_INFINITY

/**
 * Hands out sequences strictly round, by one (P5). It passes over those that are reserved: under way, at rest without
 * an answer, or used within the last {@link DISTANCE} hand-outs. One that was answered is waited for, so that none is
 * handed out again and again while others rest.
 */
export class SequencePool {
  // The time from which each may be handed out.
  readonly #freeAt: Float64Array = new Float64Array(SEQUENCES).fill(Number.NEGATIVE_INFINITY)
  readonly #isAnswered: Uint8Array = new Uint8Array(SEQUENCES)
  // How many had been handed out when each was used last.
  readonly #usedAt: Float64Array = new Float64Array(SEQUENCES).fill(NEVER_USED)
  #handOuts = 0
  #next = 0
  // None is free before; so that asking again and again, while all rest, is not a search each time.
  #noneBefore = Number.NEGATIVE_INFINITY

  /** The next one for a command, or nothing. */
  take(now: number): number | undefined {
    return now < this.#noneBefore ? undefined : this.#takeBeyond(DISTANCE, now)
  }

  /**
   * The next one for a keep-alive, or nothing. It may have been used just `DISTANCE` hand-outs before: where 128
   * commands are under way for long, keep-alives go round through the other 128.
   */
  takeForKeepAlive(now: number): number | undefined {
    return this.#takeBeyond(DISTANCE - 1, now)
  }

  /** The same command goes out with it once more. */
  useAgain(sequence: number): void {
    this.#usedAt[sequence] = this.#handOuts
  }

  /** Gives back one that was answered; nobody gets it before `until`, nor any that comes after it. */
  restAnswered(sequence: number, until: number): void {
    this.#isAnswered[sequence] = 1
    this.#free(sequence, until)
  }

  /** Gives back one that was not answered; nobody gets it before `until`, and it is passed over. */
  restUnanswered(sequence: number, until: number): void {
    this.#isAnswered[sequence] = 0
    this.#free(sequence, until)
  }

  /** How many are passed over because they are under way or at rest without an answer. */
  reserved(now: number): number {
    let reserved = 0
    for (let sequence = 0; sequence < SEQUENCES; sequence++)
      if ((this.#freeAt[sequence] as number) > now && this.#isAnswered[sequence] === 0) reserved++
    return reserved
  }

  /** After `take` returned nothing, when it will return one; `Infinity` when all are in use. */
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
