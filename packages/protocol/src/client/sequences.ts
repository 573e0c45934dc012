import { SEQUENCES } from '../wire/serial-number.js'
import type { InFlight } from './in-flight.js'
import { Lateness } from './lateness.js'
import type { SentCommand } from './pending-command.js'
import { CEILING_MS } from './retransmission.js'
import type { RoundTrip } from './round-trip.js'
import { DISTANCE, SequencePool } from './sequence-pool.js'

// An answer to another sending comes, at the latest, so much later than the one that was quickest.
const SLOWER = 1.5

/** Which sequence each sending of a command goes out with, and how long each rests afterwards. */
export class Sequences {
  readonly #restMs: number
  readonly #inFlight: InFlight
  readonly #roundTrip: RoundTrip
  readonly #pool = new SequencePool()
  readonly #lateness = new Lateness(CEILING_MS)
  // Those that several sendings of one command went out with.
  readonly #isShared: Uint8Array = new Uint8Array(SEQUENCES)

  /** @param restMs How long the sequence of a command that failed is not used again. */
  constructor(restMs: number, inFlight: InFlight, roundTrip: RoundTrip) {
    this.#restMs = restMs
    this.#inFlight = inFlight
    this.#roundTrip = roundTrip
  }

  /** After `take` returned nothing, when it will return one; `Infinity` when all are in use. */
  get nextFreeAt(): number {
    return this.#pool.nextFreeAt
  }

  /** Whether nobody knows to which of several sendings an answer with this sequence belongs. */
  isShared(sequence: number): boolean {
    return this.#isShared[sequence] === 1
  }

  /** Whether what came with a sequence that nothing under way has is a copy of an answer. */
  isCopy(sequence: number, now: number): boolean {
    return this.#lateness.unexpected(sequence, now)
  }

  /** The one for a first sending, or nothing. */
  take(isKeepAlive: boolean, now: number): number | undefined {
    const sequence = isKeepAlive ? this.#pool.takeForKeepAlive(now) : this.#pool.take(now)
    if (sequence !== undefined) this.#use(sequence)
    return sequence
  }

  /**
   * The one for a further sending: one of its own, so that the answer says which execution it is of; the last one's
   * where others would have to wait for it. `places` is how many commands may still be sent for the first time.
   */
  takeForRepeat(command: SentCommand, places: number, now: number): number {
    const own = command.sequence
    // With what is under way, and a keep-alive, at most half of all is reserved: else none may be used again.
    const isSpare = this.#pool.reserved(now) + places + 1 < SEQUENCES - DISTANCE - 1
    const sequence = isSpare ? this.#pool.take(now) : undefined
    if (sequence === undefined) {
      this.#pool.useAgain(own)
      this.#isShared[own] = 1
      this.#inFlight.sendAgain(own, now)
      command.parts?.close(own)
      return own
    }
    this.#use(sequence)
    this.#inFlight.addSending(command, sequence, now)
    return sequence
  }

  /** A command was answered: the sequence of that answer rests for as long as copies of it may come. */
  restAnswered(command: SentCommand, answered: number, now: number): void {
    const elapsedMs = now - this.#inFlight.sentAt(answered)
    if (command.earlier !== undefined) {
      for (const one of command.earlier) if (one !== answered) this.#restForAnswer(one, elapsedMs, now)
      if (command.sequence !== answered) this.#restForAnswer(command.sequence, elapsedMs, now)
    }
    if (this.isShared(answered)) this.#restForAnswer(answered, elapsedMs, now)
    else {
      this.#lateness.answered(answered, now)
      this.#pool.restAnswered(answered, now + this.#lateness.restMs)
    }
  }

  /** A command failed: an answer to any of its sendings may still come. */
  restFailed({ earlier, sequence }: SentCommand, now: number): void {
    const until = now + this.#restMs
    if (earlier !== undefined) for (const one of earlier) this.#pool.restUnanswered(one, until)
    this.#pool.restUnanswered(sequence, until)
  }

  #use(sequence: number): void {
    this.#lateness.forget(sequence)
    this.#isShared[sequence] = 0
  }

  /** A sending was answered, `elapsedMs` after it went out; the answer to the last one with this sequence may still come. */
  #restForAnswer(sequence: number, elapsedMs: number, now: number): void {
    const expectedMs = this.#inFlight.lastSentAt(sequence) + SLOWER * elapsedMs - now
    const restMs = Math.max(CEILING_MS, this.#roundTrip.timeoutMs, Math.min(expectedMs, this.#restMs))
    this.#pool.restUnanswered(sequence, now + restMs)
  }
}
