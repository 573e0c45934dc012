// @ts-nocheck
import { SEQUENCES } from '../wire/serial-number.js'

// A copy later than all earlier ones must still find its sequence resting.
const MARGIN = 2
// The measured lateness decays by this factor with each copy, and with each answer, so that a bad minute does not slow
// down the next hour.
const COPY_DECAY = 0.999
const ANSWER_DECAY = 0.9999
// Whether this network repeats datagrams is unknown before this many answers. No sequence needs to be used twice until
// then, and a larger burst waits only once.
const KNOWN_AFTER = SEQUENCES
const UNKNOWN_MS = 250
const NOT_ANSWERED = Number.NaN

/**
 * Measures how late copies of an answer arrive, on networks that repeat datagrams. A copy that finds its sequence in
 * use looks like the answer to the other command. A copy that finds its sequence resting shows how long sequences must
 * rest.
 */
export class Lateness {
  readonly #answeredAt: Float64Array = new Float64Array(SEQUENCES).fill(NOT_ANSWERED)
  readonly #mostMs: number
  #latestMs = 0
  #answers = 0

  /** @param mostMs The longest rest that copies can cause: one that arrives later was forged. */
  constructor(mostMs: number) {
    this.#mostMs = mostMs
  }

  /** How long a sequence rests after its answer, in ms. */
  get restMs(): number {
    const unknownMs = this.#answers < KNOWN_AFTER ? UNKNOWN_MS : 0
    return Math.max(unknownMs, Math.min(this.#mostMs, MARGIN * this.#latestMs))
  }

  /** The only sending with a sequence was answered: whatever arrives with that sequence now is a copy. */
  answered(sequence: number, now: number): void {
    this.#answers++
    this.#latestMs *= ANSWER_DECAY
    this.#answeredAt[sequence] = now
  }

  /** The sequence is used for another command, or for one that may be answered twice. */
  forget(sequence: number): void {
    this.#answeredAt[sequence] = NOT_ANSWERED
  }

  /** Handles an answer that matches no command in flight. Returns whether it is a copy of an earlier answer. */
  unexpected(sequence: number, now: number): boolean {
    const lateMs = Math.min(this.#mostMs / MARGIN, now - (this.#answeredAt[sequence] as number))
    // `NaN` for a sequence without an answer, which compares as false.
    if (!(lateMs >= 0)) return false
    this.#latestMs = Math.max(this.#latestMs * COPY_DECAY, lateMs)
    return true
  }
}
