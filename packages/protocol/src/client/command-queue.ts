import type { PendingCommand } from './pending-command.js'

/**
 * Commands that wait for a place, in the order of the calls. A linked list: those whose deadline passes leave from the
 * middle, and none of them may leave a hole behind that every later look has to step over.
 */
export class CommandQueue {
  #first: PendingCommand | undefined
  #last: PendingCommand | undefined
  #size = 0

  get first(): PendingCommand | undefined {
    return this.#first
  }

  get size(): number {
    return this.#size
  }

  push(command: PendingCommand): void {
    command.before = this.#last
    if (this.#last === undefined) this.#first = command
    else this.#last.after = command
    this.#last = command
    this.#size++
  }

  remove(command: PendingCommand): void {
    const { before, after } = command
    if (before === undefined) this.#first = after
    else before.after = after
    if (after === undefined) this.#last = before
    else after.before = before
    command.before = undefined
    command.after = undefined
    this.#size--
  }
}
