import type { Clock } from '@bercon/protocol/driver'

interface Waiter<T> {
  readonly accepts: (item: T) => boolean
  readonly settle: (item: T | undefined) => void
}

/** Things that arrive, to be awaited one by one; each is taken once. */
export class Inbox<T> {
  readonly #clock: Clock
  readonly #items: T[] = []
  readonly #waiters = new Set<Waiter<T>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Hands an item to the first that waits for such a one, or keeps it. */
  push(item: T): void {
    for (const waiter of this.#waiters) {
      if (!waiter.accepts(item)) continue
      waiter.settle(item)
      return
    }
    this.#items.push(item)
  }

  /** Takes the next item that `accepts` names, or gives `undefined` after `ms`. */
  take(accepts: (item: T) => boolean, ms: number): Promise<T | undefined> {
    const at = this.#items.findIndex(accepts)
    if (at >= 0) return Promise.resolve(this.#items.splice(at, 1)[0])
    return new Promise((resolve) => {
      const waiter: Waiter<T> = {
        accepts,
        settle: (item) => {
          this.#waiters.delete(waiter)
          cancel()
          resolve(item)
        },
      }
      const cancel = this.#clock.setTimer(() => waiter.settle(undefined), ms)
      this.#waiters.add(waiter)
    })
  }

  /** Forgets those that have come and that `accepts` names. */
  discard(accepts: (item: T) => boolean): void {
    for (let at = this.#items.length - 1; at >= 0; at--)
      if (accepts(this.#items[at] as T)) this.#items.splice(at, 1)
  }
}

/** Resolves after `ms`. */
export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(resolve, ms))
}
