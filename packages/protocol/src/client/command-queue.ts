import type { PendingCommand } from './pending-command.js'

/** Commands that wait for a place, in the order of the calls, and when the first deadline of theirs passes. */
export class CommandQueue {
  readonly #waiting = new Map<number, PendingCommand>()
  // Goes on from the first. One begun anew for each look would step over all those that have left.
  #rest: Iterator<PendingCommand, undefined> = this.#waiting.values()
  #first: PendingCommand | undefined
  #nextAt = Number.POSITIVE_INFINITY

  get first(): PendingCommand | undefined {
    return this.#first
  }

  get size(): number {
    return this.#waiting.size
  }

  /** No deadline passes before; whose it was may have left since. */
  get nextAt(): number {
    return this.#nextAt
  }

  find(id: number): PendingCommand | undefined {
    return this.#waiting.get(id)
  }

  /** All of them in the order of the calls. */
  inOrder(): readonly PendingCommand[] {
    return [...this.#waiting.values()]
  }

  /** Those whose deadlines have passed. */
  overdue(now: number): readonly PendingCommand[] {
    if (now < this.#nextAt) return []
    this.#nextAt = Number.POSITIVE_INFINITY
    return this.inOrder().filter(({ deadline }) => {
      if (deadline <= now) return true
      this.#nextAt = Math.min(this.#nextAt, deadline)
      return false
    })
  }

  push(command: PendingCommand): void {
    this.#waiting.set(command.id, command)
    this.#nextAt = Math.min(this.#nextAt, command.deadline)
    this.#first ??= this.#advance()
  }

  /** Takes one out; does nothing for one that does not wait. */
  remove(command: PendingCommand): void {
    if (!this.#waiting.delete(command.id)) return
    if (this.size === 0) this.#nextAt = Number.POSITIVE_INFINITY
    if (command === this.#first) this.#first = this.#advance()
  }

  #advance(): PendingCommand | undefined {
    const { value } = this.#rest.next()
    if (value !== undefined) return value
    // It has come to the end, and tells of nothing that is put in later.
    this.#rest = this.#waiting.values()
    return this.#rest.next().value
  }
}
