// @ts-nocheck
import { type Timed, TimerQueue } from '../driver/timer-queue.js'
import { type LinkOptions, linkOptions } from './link-options.js'
import { createRandom, type Random } from './random.js'

interface Delivery extends Timed {
  readonly datagram: Uint8Array
  // Of two datagrams with the same arrival time, the one sent first arrives first.
  readonly order: number
}

/**
 * One direction of an unreliable network, seeded, with time as an argument. Pass datagrams to `send`, and call
 * `takeArrived` at `nextTimeout()`. The same seed and the same calls cause the same faults.
 *
 * @example
 * ```ts
 * import { Link } from '@bercon/protocol/link'
 *
 * const link = new Link({ minDelayMs: 20, maxDelayMs: 20 })
 * link.send(Uint8Array.of(1, 2, 3), 0)
 * console.log(link.nextTimeout(), link.takeArrived(20).length) // 20 1
 * ```
 */
export class Link {
  readonly #options: LinkOptions
  readonly #random: Random
  readonly #inTransit = new TimerQueue<Delivery>()
  #isCutOff = false
  #order = 0

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: Partial<LinkOptions> = {}) {
    this.#options = linkOptions(options)
    this.#random = createRandom(this.#options.seed)
  }

  /** Datagrams in transit. */
  get inTransit(): number {
    return this.#inTransit.size
  }

  /** Drops everything sent from now on; datagrams in transit still arrive. */
  cutOff(): void {
    this.#isCutOff = true
  }

  /** Ends a `cutOff`. */
  restore(): void {
    this.#isCutOff = false
  }

  /** Sends a datagram over the link, which may lose, repeat, delay or corrupt it. */
  send(datagram: Uint8Array, now: number): void {
    const { loss, repeat } = this.#options
    if (this.#isCutOff || this.#happens(loss)) return
    this.#deliver(datagram, now)
    if (this.#happens(repeat)) this.#deliver(datagram, now)
  }

  /** When the next datagram arrives, in ms; `undefined` if none is in transit. */
  nextTimeout(): number | undefined {
    return this.#inTransit.first?.dueAt
  }

  /** The datagrams that have arrived by `now`, in order of arrival. */
  takeArrived(now: number): Uint8Array[] {
    const arrived: Delivery[] = []
    for (let next = this.#inTransit.takeDue(now); next !== undefined; next = this.#inTransit.takeDue(now))
      arrived.push(next)
    arrived.sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)
    return arrived.map(({ datagram }) => datagram)
  }

  #deliver(datagram: Uint8Array, now: number): void {
    const { minDelayMs, maxDelayMs, reorder, reorderMs, corrupt, maxInTransit } = this.#options
    if (this.#inTransit.size >= maxInTransit) return
    let delayMs = minDelayMs + this.#random() * (maxDelayMs - minDelayMs)
    if (this.#happens(reorder)) delayMs += this.#random() * reorderMs
    const arriving = this.#happens(corrupt) ? this.#corrupted(datagram) : datagram
    this.#inTransit.set({ datagram: arriving, order: this.#order++, dueAt: 0, place: -1 }, now + delayMs)
  }

  #corrupted(datagram: Uint8Array): Uint8Array {
    const at = Math.floor(this.#random() * datagram.length)
    const bit = Math.floor(this.#random() * 9)
    // Eight bits that can flip; the ninth case cuts off the end.
    if (bit === 8) return datagram.subarray(0, at)
    const copy = Uint8Array.from(datagram)
    copy[at] = (copy[at] ?? 0) ^ (1 << bit)
    return copy
  }

  #happens(rate: number): boolean {
    return rate > 0 && this.#random() < rate
  }
}
