/**
 * Notices that the server has forgotten the client: command packets in a row, none of them answered, and then no
 * answer for a time. Fewer packets would be false alarms: where half of all exchanges fail, twenty in a row do every
 * million sendings.
 */
export class Silence {
  readonly #packets: number
  readonly #waitMs: number
  #unanswered = 0
  #since = 0
  #overAt = Number.POSITIVE_INFINITY

  constructor(packets: number, waitMs: number) {
    this.#packets = packets
    this.#waitMs = waitMs
  }

  /** When the server counts as gone, unless it answers. */
  get overAt(): number {
    return this.#overAt
  }

  /** Command packets sent since the last answer. */
  get unanswered(): number {
    return this.#unanswered
  }

  /** When the first of them was sent. */
  get since(): number {
    return this.#since
  }

  sent(now: number): void {
    if (this.#unanswered === 0) this.#since = now
    // The wait begins with the last packet that is needed, not with the first: packets sent close together are lost
    // together, so that a command lost long ago and one bad second must not count as a long silence.
    if (++this.#unanswered === this.#packets) this.#overAt = now + this.#waitMs
  }

  answered(): void {
    this.#unanswered = 0
    this.#overAt = Number.POSITIVE_INFINITY
  }
}
