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

  /** The next one that is free, or nothing. */
  take(now: number): number | undefined {
    for (let step = 0; step < SEQUENCES; step++) {
      const sequence = (this.#next + step) % SEQUENCES
      if ((this.#freeAt[sequence] as number) > now) continue
      this.#freeAt[sequence] = IN_USE
      this.#next = (sequence + 1) % SEQUENCES
      return sequence
    }
    return undefined
  }

  /** Gives one back; nobody gets it before `until`. */
  rest(sequence: number, until: number): void {
    this.#freeAt[sequence] = until
  }

  /** When the first of those that rest is free; `Infinity` when all are in use. */
  get nextFreeAt(): number {
    return this.#freeAt.reduce((earliest, at) => Math.min(earliest, at))
  }
}
