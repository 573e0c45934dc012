// @ts-nocheck
import type { WaitingCommand } from './pending-command.js'

/** Commands that wait to be sent, in the order of the calls, and the time when the first of their deadlines passes. */
export class CommandQueue {
  readonly #waiting = new Map<number, WaitingCommand>()
  // Kept between looks: a new iterator would step over all entries that were already removed.
  #rest: Iterator<WaitingCommand, undefined> = this.#waiting.values()
  #first: WaitingCommand | undefined
  #nextAt = Number.POSITIVE_INFINITY
  // Entries removed after the first. An iterator that does not move keeps every table that the map has outgrown.
  #leftBehind = 0

  get first(): WaitingCommand | undefined {
    return this.#first
  }

  get size(): number {
    return this.#waiting.size
  }

  /** No deadline passes before this time. Its command may have been removed since. */
  get nextAt(): number {
    return this.#nextAt
  }

  find(id: number): WaitingCommand | undefined {
    return this.#waiting.get(id)
  }

  /** All waiting commands in the order of the calls. */
  inOrder(): readonly WaitingCommand[] {
    return [...this.#waiting.values()]
  }

  /** The commands whose deadlines have passed. */
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

  /** Removes a command; no effect if it is not waiting. */
  remove(command: WaitingCommand): void {
    if (!this.#waiting.delete(command.id)) return
    if (this.size === 0) this.#nextAt = Number.POSITIVE_INFINITY
    if (command === this.#first) {
      this.#first = this.#advance()
      this.#leftBehind = 0
    } else if (++this.#leftBehind > this.size) {
      this.#leftBehind = 0
      this.#rest = this.#waiting.values()
      // Move the new iterator to the first entry.
      this.#rest.next()
    }
  }

  #advance(): WaitingCommand | undefined {
    const { value } = this.#rest.next()
    if (value !== undefined) return value
    // An iterator that has reached its end ignores entries added later.
    this.#rest = this.#waiting.values()
    return this.#rest.next().value
  }
}
