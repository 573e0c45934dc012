import type { WaitingCommand } from './pending-command.js'

/** Commands that wait for a place, in the order of the calls, and when the first deadline of theirs passes. */
export class CommandQueue {
  readonly #waiting = new Map<number, WaitingCommand>()
  // Goes on from the first. One begun anew for each look would step over all those that have left.
  #rest: Iterator<WaitingCommand, undefined> = this.#waiting.values()
  #first: WaitingCommand | undefined
  #nextAt = Number.POSITIVE_INFINITY
  // Taken out behind the first: an iterator that stands still keeps every table that the map has outgrown since.
  #leftBehind = 0

  get first(): WaitingCommand | undefined {
    return this.#first
  }

  get size(): number {
    return this.#waiting.size
  }

  /** No deadline passes before; whose it was may have left since. */
  get nextAt(): number {
    return this.#nextAt
  }

  find(id: number): WaitingCommand | undefined {
    return this.#waiting.get(id)
  }

  /** All of them in the order of the calls. */
  inOrder(): readonly WaitingCommand[] {
    return [...this.#waiting.values()]
  }

  /** Those whose deadlines have passed. */
  overdue(now: number): readonly WaitingCommand[] {
    if (now < this.#nextAt) return []
    this.#nextAt = Number.POSITIVE_INFINITY
    const overdue: WaitingCommand[] = []
    for (const command of this.#waiting.values()) {
      if (command.deadline <= now) overdue.push(command)
      else if (command.deadline < this.#nextAt) this.#nextAt = command.deadline
    }
    return overdue
  }

  push(command: WaitingCommand): void {
    this.#waiting.set(command.id, command)
    this.#nextAt = Math.min(this.#nextAt, command.deadline)
    this.#first ??= this.#advance()
  }

  /** Takes one out; does nothing for one that does not wait. */
  remove(command: WaitingCommand): void {
    if (!this.#waiting.delete(command.id)) return
    if (this.size === 0) this.#nextAt = Number.POSITIVE_INFINITY
    if (command === this.#first) {
      this.#first = this.#advance()
      this.#leftBehind = 0
    } else if (++this.#leftBehind > this.size) {
      this.#leftBehind = 0
      this.#rest = this.#waiting.values()
      // Stands on the first again.
      this.#rest.next()
    }
  }

  #advance(): WaitingCommand | undefined {
    const { value } = this.#rest.next()
    if (value !== undefined) return value
    // It has come to the end, and tells of nothing that is put in later.
    this.#rest = this.#waiting.values()
    return this.#rest.next().value
  }
}
