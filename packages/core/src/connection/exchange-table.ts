import type { Exchange } from './exchange.js'

// A power of two. Ids count up, so up to this many in flight have a slot each, unless one is far older than the rest.
const SLOTS = 128

/** Exchanges by their ids in one session: in an array, or in a map if their slot is in use. */
export class ExchangeTable {
  readonly #slots: (Exchange | undefined)[] = new Array(SLOTS).fill(undefined)
  readonly #others = new Map<number, Exchange>()

  add(exchange: Exchange): void {
    const slot = exchange.id % SLOTS
    if (this.#slots[slot] === undefined) this.#slots[slot] = exchange
    else this.#others.set(exchange.id, exchange)
  }

  /** Removes and returns the exchange with an id. */
  take(id: number): Exchange | undefined {
    const slot = id % SLOTS
    const exchange = this.#slots[slot]
    if (exchange?.id === id) {
      this.#slots[slot] = undefined
      return exchange
    }
    if (this.#others.size === 0) return undefined
    const other = this.#others.get(id)
    this.#others.delete(id)
    return other
  }

  has(exchange: Exchange): boolean {
    const { id } = exchange
    return this.#slots[id % SLOTS] === exchange || this.#others.get(id) === exchange
  }
}
