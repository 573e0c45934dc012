import { SEQUENCES } from '../serial-number.js'

const IN_USE = Number.POSITIVE_INFINITY

/**
 * Hands out sequences round through all 256 (P5), passing over those that are in use or rest, so that a late datagram
 * of one command is not taken for another's.
 */
export class SequencePool {
  // The time from which each may be handed out.
  readonly #freeAt: Float64Array = new Float64Array(SEQUENCES).fill(Number.NEGATIVE_INFINITY)
  #next = 0
  // None is free before; so that asking again and again, while all rest, is not a search each time.
  #noneBefore = Number.NEGATIVE_INFINITY

  /** The next one that is free, or nothing. */
  take(now: number): number | undefined {
    if (now < this.#noneBefore) return undefined
    let earliest = IN_USE
    for (let step = 0; step < SEQUENCES; step++) {
      const sequence = (this.#next + step) % SEQUENCES
      const freeAt = this.#freeAt[sequence] as number
      if (freeAt <= now) {
        this.#freeAt[sequence] = IN_USE
        this.#next = (sequence + 1) % SEQUENCES
        return sequence
      }
      if (freeAt < earliest) earliest = freeAt
    }
    this.#noneBefore = earliest
    return undefined
  }

  /** Gives one back; nobody gets it before `until`. */
  rest(sequence: number, until: number): void {
    this.#freeAt[sequence] = until
    if (until < this.#noneBefore) this.#noneBefore = until
  }

  /** After `take` gave nothing, when it will give one; `Infinity` when all are in use. */
  get nextFreeAt(): number {
    return this.#noneBefore
  }
}
