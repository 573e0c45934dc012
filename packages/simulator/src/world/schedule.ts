import { InvalidArgumentError } from '@bercon/server/kit'

/** Owns the timers that are no player's. */
export const WORLD = -1

/** A timer that came due: whose it was, what it was for, and when it was due. */
export interface DueTimer<Name extends string> {
  readonly owner: number
  readonly name: Name
  readonly at: number
}

interface Timer<Name extends string> extends DueTimer<Name> {
  readonly order: number
}

/**
 * Named timers, at most one of a name for each owner: however often they are set, they take no more room.
 * Equal times come due in the order in which they were set, so that a run can be repeated.
 */
export class Schedule<Name extends string> {
  // The earliest is the last: taking it moves nothing.
  readonly #timers: Timer<Name>[] = []
  readonly #byOwner: Map<number, Map<Name, Timer<Name>>> = new Map()
  #order = 0

  /** Sets a timer, in place of the owner's timer of that name; `Infinity` means never. */
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

  /** Takes out the next timer that is due at `now`. */
  take(now: number): DueTimer<Name> | undefined {
    const timer = this.#timers.at(-1)
    if (timer === undefined || timer.at > now) return undefined
    this.clear(timer.owner, timer.name)
    return timer
  }

  /** How many timers come due after this one, which is where it stands. */
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
 * At a time that no clock shows the bots would never come to an end.
 *
 * @throws {@link InvalidArgumentError} for a time that is not finite.
 */
export function checkTime(now: number): void {
  if (!Number.isFinite(now)) throw new InvalidArgumentError('now', now, 'a finite number of milliseconds')
}
