// Of what was sent: the last few hundred sendings count, so that a link that changes is known again within minutes.
const MEMORY = 0.995
// Half of a few packets, so that nothing is taken for sure of a link before it has shown how it is.
const FIRST_SENT = 4
const FIRST_LOST = 2
// So many standard deviations above the measured share lies the one that is reckoned with.
const CAUTION = 3
const MOST = 0.999

/**
 * The share of command packets that bring no answer on this link, because one of the two datagrams is lost. A packet
 * whose answer comes too late counts as lost until that answer is there, so that a slow server looks like a bad link,
 * never a bad link like a good one.
 */
export class Loss {
  #sent = FIRST_SENT
  #lost = FIRST_LOST

  /** A command was answered after so many sendings. */
  answered(sendings: number): void {
    this.#sent = this.#sent * MEMORY + sendings
    this.#lost = this.#lost * MEMORY + sendings - 1
  }

  /** A command was given up after so many sendings. */
  unanswered(sendings: number): void {
    this.#sent = this.#sent * MEMORY + sendings
    this.#lost = this.#lost * MEMORY + sendings
  }

  /** An answer has come that nobody waited for any more. */
  cameLate(): void {
    this.#lost = Math.max(0, this.#lost - 1)
  }

  /** What the share hardly exceeds: the measured one, with what so few packets can be wrong by. */
  get atMost(): number {
    return Math.min(MOST, this.#share(CAUTION))
  }

  /** What the share is hardly below; 0 on a link that has not been measured. */
  get atLeast(): number {
    return Math.max(0, this.#share(-CAUTION))
  }

  #share(deviations: number): number {
    const share = this.#lost / this.#sent
    return share + deviations * Math.sqrt((share * (1 - share)) / this.#sent)
  }

  /** How many packets in a row are all lost by chance less often than `odds`. */
  packetsFor(odds: number): number {
    return Math.ceil(Math.log(odds) / Math.log(this.atMost))
  }
}
