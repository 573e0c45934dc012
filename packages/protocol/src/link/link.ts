import { type Timed, TimerQueue } from '../driver/timer-queue.js'
import { type LinkOptions, linkOptions } from './link-options.js'
import { createRandom, type Random } from './random.js'

interface Delivery extends Timed {
  readonly datagram: Uint8Array
  // Of two that arrive at the same time the one that was sent first arrives first.
  readonly order: number
}

/**
 * One direction of a bad network, seeded, with time as an argument: put datagrams in, take out at `nextTimeout()` what
 * has arrived by then. The same seed and the same calls give the same faults.
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
  readonly #underWay = new TimerQueue<Delivery>()
  #isCutOff = false
  #order = 0

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: Partial<LinkOptions> = {}) {
    this.#options = linkOptions(options)
    this.#random = createRandom(this.#options.seed)
  }

  /** Datagrams on the way. */
  get underWay(): number {
    return this.#underWay.size
  }

  /** From now on everything that is sent vanishes; what is on the way arrives. */
  cutOff(): void {
    this.#isCutOff = true
  }

  /** Ends a `cutOff`. */
  restore(): void {
    this.#isCutOff = false
  }

  /** Gives a datagram to the link, which may lose, repeat or delay it. */
  send(datagram: Uint8Array, now: number): void {
    const { loss, repeat } = this.#options
    if (this.#isCutOff || this.#happens(loss)) return
    this.#deliver(datagram, now)
    if (this.#happens(repeat)) this.#deliver(datagram, now)
  }

  /** When the next datagram arrives, in ms; nothing when none is on the way. */
  nextTimeout(): number | undefined {
    return this.#underWay.first?.dueAt
  }

  /** What has arrived by now, in the order of arrival. */
  takeArrived(now: number): Uint8Array[] {
    const arrived: Delivery[] = []
    for (let next = this.#underWay.takeDue(now); next !== undefined; next = this.#underWay.takeDue(now))
      arrived.push(next)
    arrived.sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)
    return arrived.map(({ datagram }) => datagram)
  }

  #deliver(datagram: Uint8Array, now: number): void {
    const { minDelayMs, maxDelayMs, reorder, reorderMs, corrupt, maxUnderWay } = this.#options
    if (this.#underWay.size >= maxUnderWay) return
    let delayMs = minDelayMs + this.#random() * (maxDelayMs - minDelayMs)
    if (this.#happens(reorder)) delayMs += this.#random() * reorderMs
    const arriving = this.#happens(corrupt) ? this.#corrupted(datagram) : datagram
    this.#underWay.set({ datagram: arriving, order: this.#order++, dueAt: 0, place: -1 }, now + delayMs)
  }

  #corrupted(datagram: Uint8Array): Uint8Array {
    const at = Math.floor(this.#random() * datagram.length)
    const bit = Math.floor(this.#random() * 9)
    // Eight bits to turn over, and as the ninth chance the end cut off.
    if (bit === 8) return datagram.subarray(0, at)
    const copy = Uint8Array.from(datagram)
    copy[at] = (copy[at] ?? 0) ^ (1 << bit)
    return copy
  }

  #happens(rate: number): boolean {
    return rate > 0 && this.#random() < rate
  }
}
