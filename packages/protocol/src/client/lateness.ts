import { SEQUENCES } from '../wire/serial-number.js'

// A copy that comes later than all before it must find its sequence still at rest.
const MARGIN = 2
// Forgotten by so much with each copy, and with each answer, so that a bad minute does not slow the next hour.
const COPY_DECAY = 0.999
const ANSWER_DECAY = 0.9999
// Until as many answers as there are sequences, nobody knows whether copies come on this link, and none needs to be
// used a second time: who sends more than that at once waits for it a single time.
const KNOWN_AFTER = SEQUENCES
const UNKNOWN_MS = 250
const NOT_ANSWERED = Number.NaN

/**
 * How late copies of an answer come after it, on links that repeat datagrams. A copy that finds its sequence in use
 * again passes for the answer to another command, and nothing on the wire tells; those that find it at rest say how
 * long the rest should be.
 */
export class Lateness {
  readonly #answeredAt: Float64Array = new Float64Array(SEQUENCES).fill(NOT_ANSWERED)
  readonly #mostMs: number
  #latestMs = 0
  #answers = 0

  /** @param mostMs The longest rest that copies can ask for: one that is later was made to be. */
  constructor(mostMs: number) {
    this.#mostMs = mostMs
  }

  /** How long a sequence should rest after its answer, in ms. */
  get restMs(): number {
    const unknownMs = this.#answers < KNOWN_AFTER ? UNKNOWN_MS : 0
    return Math.max(unknownMs, Math.min(this.#mostMs, MARGIN * this.#latestMs))
  }

  /** The answer to the only sending with a sequence: what comes with that from now on is a copy. */
  answered(sequence: number, now: number): void {
    this.#answers++
    this.#latestMs *= ANSWER_DECAY
    this.#answeredAt[sequence] = now
  }

  /** The sequence means another command, or one that may be answered twice. */
  forget(sequence: number): void {
    this.#answeredAt[sequence] = NOT_ANSWERED
  }

  /** An answer that belongs to nothing under way; returns whether it is a copy of one. */
  unexpected(sequence: number, now: number): boolean {
    const lateMs = Math.min(this.#mostMs / MARGIN, now - (this.#answeredAt[sequence] as number))
    // That of a sequence that nothing was answered with is not a number, and compares as false.
    if (!(lateMs >= 0)) return false
    this.#latestMs = Math.max(this.#latestMs * COPY_DECAY, lateMs)
    return true
  }
}
