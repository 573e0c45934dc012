// @ts-nocheck
// Weights the last few hundred sendings, so that a changed network is measured again within minutes.
const MEMORY = 0.995
// Starts with a few packets, half of them lost, so that no network counts as good or bad before it is measured.
const FIRST_SENT = 4
const FIRST_LOST = 2
// Estimates differ from the measured share by this many standard deviations.
const CAUTION = 3
const MOST = 0.999

/**
 * The share of command packets that get no answer on this network because one of the two datagrams is lost. A packet
 * counts as lost until its answer arrives, so a slow server can look like a bad network, but a bad network never looks
 * like a good one.
 */
export class Loss {
  #sent = FIRST_SENT
  #lost = FIRST_LOST

  /** A command was answered after `sendings` packets. */
  answered(sendings: number): void {
    this.#sent = this.#sent * MEMORY + sendings
    this.#lost = this.#lost * MEMORY + sendings - 1
  }

  /** A command failed after `sendings` packets. */
  unanswered(sendings: number): void {
    this.#sent = this.#sent * MEMORY + sendings
    this.#lost = this.#lost * MEMORY + sendings
  }

  /** An answer arrived after its command had failed. */
  cameLate(): void {
    this.#lost = Math.max(0, this.#lost - 1)
  }

  /** The highest likely share: the measured one plus the error of the few packets measured. */
  get atMost(): number {
    return Math.min(MOST, this.#share(CAUTION))
  }

  /** The lowest likely share; 0 on a network that is not measured yet. */
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
