// @ts-nocheck
import { InvalidArgumentError } from '@bercon/server/kit'

/** Owns the timers that belong to no player. */
export const WORLD = -1

/** A timer that came due: its owner, its name, and when it was due. */
export interface DueTimer<Name extends string> {
  readonly owner: number
  readonly name: Name
  readonly at: number
}

interface Timer<Name extends string> extends DueTimer<Name> {
  readonly order: number
}

/**
 * Named timers, at most one of each name per owner, so their memory does not grow with the number of calls. Timers with
 * equal times come due in the order in which they were set, so that a run is reproducible.
 */
export class Schedule<Name extends string> {
  // The earliest is last, so that removing it moves no other.
  readonly #timers: Timer<Name>[] = []
  readonly #byOwner: Map<number, Map<Name, Timer<Name>>> = new Map()
  #order = 0

  /** Sets a timer and replaces the owner's timer of that name; `Infinity` means never. */
  set(owner: number, name: Name, at: number): void {
    this.clear(owner, name)
    if (at === Number.POSITIVE_INFINITY) return
    const timer = { owner, name, at, order: this.#order++ }
    this.#timers.splice(this.#position(timer), 0, timer)
    const owned = this.#byOwner.get(owner)
    if (owned === undefined) this.#byOwner.set(owner, new Map([[name, timer]]))
    else owned.set(name, timer)
  }

  has(owner: number, name: Name): boolean {
    return this.#byOwner.get(owner)?.has(name) ?? false
  }

  clear(owner: number, name: Name): void {
    const owned = this.#byOwner.get(owner)
    const timer = owned?.get(name)
    if (owned === undefined || timer === undefined) return
    this.#timers.splice(this.#position(timer), 1)
    owned.delete(name)
    if (owned.size === 0) this.#byOwner.delete(owner)
  }

  clearAll(owner: number): void {
    for (const name of [...(this.#byOwner.get(owner)?.keys() ?? [])]) this.clear(owner, name)
  }

  /** When the next timer is due. */
  next(): number | undefined {
    return this.#timers.at(-1)?.at
  }

  /** Removes and returns the next timer that is due at `now`. */
  take(now: number): DueTimer<Name> | undefined {
    const timer = this.#timers.at(-1)
    if (timer === undefined || timer.at > now) return undefined
    this.clear(timer.owner, timer.name)
    return timer
  }

  /** The number of timers due after this one, which is its index. */
  #position(timer: Timer<Name>): number {
    let low = 0
    let high = this.#timers.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#timers[middle]
      if (other !== undefined && isLater(other, timer)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function isLater(one: Timer<string>, other: Timer<string>): boolean {
  return one.at > other.at || (one.at === other.at && one.order > other.order)
}

/**
 * Checks a time. With one that is not finite, running the bots would never end.
 *
 * @throws {@link InvalidArgumentError} for a time that is not finite.
 */
export function checkTime(now: number): void {
  if (!Number.isFinite(now)) throw new InvalidArgumentError('now', now, 'a finite number of milliseconds')
}
