/** A fixed set of named times when work is due. A session asks for the earliest. */
// @ts-nocheck

export class Deadlines<Name extends string> {
  readonly #at: Record<Name, number>
  #nextAt = Number.POSITIVE_INFINITY

  constructor(names: readonly Name[]) {
    this.#at = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
      Name,
      number
    >
  }

  /** The earliest time, `Infinity` if none is set. */
  get nextAt(): number {
    return this.#nextAt
  }

  set(name: Name, at: number): void {
    const before = this.#at[name]
    if (at === before) return
    this.#at[name] = at
    if (at < this.#nextAt) this.#nextAt = at
    else if (before === this.#nextAt) this.#nextAt = this.#earliest()
  }

  clear(name: Name): void {
    this.set(name, Number.POSITIVE_INFINITY)
  }

  /** Whether the named time has come; if so, clears it. */
  take(name: Name, now: number): boolean {
    if (this.#at[name] > now) return false
    this.clear(name)
    return true
  }

  #earliest(): number {
    let earliest = Number.POSITIVE_INFINITY
    for (const name in this.#at) if (this.#at[name] < earliest) earliest = this.#at[name]
    return earliest
  }
}
