// @ts-nocheck
import { SEQUENCES } from '../wire/serial-number.js'
import type { InFlight } from './in-flight.js'
import { Lateness } from './lateness.js'
import type { SentCommand } from './pending-command.js'
import { CEILING_MS } from './resend-pace.js'
import type { RoundTrip } from './round-trip.js'
import { DISTANCE, SequencePool } from './sequence-pool.js'

// An answer to another sending arrives at most this much later than the fastest one.
const SLOWER = 1.5

/** Assigns a sequence to each sending of a command, and decides how long each rests afterwards. */
export class Sequences {
  readonly #restMs: number
  readonly #inFlight: InFlight
  readonly #roundTrip: RoundTrip
  readonly #pool = new SequencePool()
  readonly #lateness = new Lateness(CEILING_MS)
  // Sequences that several sendings of one command used.
  readonly #isShared: Uint8Array = new Uint8Array(SEQUENCES)

  /** @param restMs How long the sequence of a command that failed is not used again. */
  constructor(restMs: number, inFlight: InFlight, roundTrip: RoundTrip) {
    this.#restMs = restMs
    this.#inFlight = inFlight
    this.#roundTrip = roundTrip
  }

  /** After `take` returned `undefined`: when it will return a sequence; `Infinity` while all are in use. */
  get nextFreeAt(): number {
    return this.#pool.nextFreeAt
  }

  /** Whether several sendings used this sequence, so that an answer could belong to any of them. */
  isShared(sequence: number): boolean {
    return this.#isShared[sequence] === 1
  }

  /** Whether an answer with a sequence that is not in flight is a copy of an earlier one. */
  isCopy(sequence: number, now: number): boolean {
    return this.#lateness.unexpected(sequence, now)
  }

  /** The sequence of a first sending, or `undefined`. */
  take(isKeepAlive: boolean, now: number): number | undefined {
    const sequence = isKeepAlive ? this.#pool.takeForKeepAlive(now) : this.#pool.take(now)
    if (sequence !== undefined) this.#use(sequence)
    return sequence
  }

  /**
   * The sequence of another sending. Each has its own, so that the answer identifies the execution, unless first
   * sendings would then have to wait: in that case it is the last one again. `places` is how many commands may still be
   * sent for the first time.
   */
  takeForRepeat(command: SentCommand, places: number, now: number): number {
    const own = command.sequence
    // Beside the commands in flight and a keep-alive, at most half of all sequences are reserved; otherwise none could
    // be assigned.
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

  /** A command was answered: the answer's sequence rests as long as copies of the answer may arrive. */
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

  /** A command failed: an answer to any of its sendings may still arrive. */
  restFailed({ earlier, sequence }: SentCommand, now: number): void {
    const until = now + this.#restMs
    if (earlier !== undefined) for (const one of earlier) this.#pool.restUnanswered(one, until)
    this.#pool.restUnanswered(sequence, until)
  }

  #use(sequence: number): void {
    this.#lateness.forget(sequence)
    this.#isShared[sequence] = 0
  }

  /** A sending was answered after `elapsedMs`; the answer to the last sending with this sequence may still arrive. */
  #restForAnswer(sequence: number, elapsedMs: number, now: number): void {
    const expectedMs = this.#inFlight.lastSentAt(sequence) + SLOWER * elapsedMs - now
    const restMs = Math.max(CEILING_MS, this.#roundTrip.timeoutMs, Math.min(expectedMs, this.#restMs))
    this.#pool.restUnanswered(sequence, now + restMs)
  }
}
