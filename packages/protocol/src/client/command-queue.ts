import { type Timed, TimerQueue } from '../driver/timer-queue.js'
import type { PendingCommand } from './pending-command.js'

interface Waiting extends Timed {
  readonly command: PendingCommand
  before: Waiting | undefined
  after: Waiting | undefined
}

/**
 * Commands that wait for a place, in the order of the calls, each with its deadline. A linked list: those whose
 * deadline passes leave from the middle, and none of them may leave a hole behind that every later look has to step
 * over.
 */
export class CommandQueue {
  readonly #byId = new Map<number, Waiting>()
  readonly #deadlines = new TimerQueue<Waiting>()
  #first: Waiting | undefined
  #last: Waiting | undefined

  get first(): PendingCommand | undefined {
    return this.#first?.command
  }

  get size(): number {
    return this.#byId.size
  }

  /** The earliest deadline, `Infinity` when nothing waits. */
  get nextAt(): number {
    return this.#deadlines.nextAt
  }

  /** The one whose deadline is the first, if it has passed. */
  firstDue(now: number): PendingCommand | undefined {
    return this.nextAt <= now ? this.#deadlines.first?.command : undefined
  }

  find(id: number): PendingCommand | undefined {
    return this.#byId.get(id)?.command
  }

  /** All of them in the order of the calls. */
  inOrder(): readonly PendingCommand[] {
    return Array.from(this.#byId.values(), ({ command }) => command)
  }

  push(command: PendingCommand): void {
    const waiting: Waiting = { command, before: this.#last, after: undefined, dueAt: 0, place: -1 }
    if (this.#last === undefined) this.#first = waiting
    else this.#last.after = waiting
    this.#last = waiting
    this.#byId.set(command.id, waiting)
    this.#deadlines.set(waiting, command.deadline)
  }

  /** Takes one out; does nothing for one that does not wait. */
  remove({ id }: PendingCommand): void {
    const waiting = this.#byId.get(id)
    if (waiting === undefined) return
    const { before, after } = waiting
    if (before === undefined) this.#first = after
    else before.after = after
    if (after === undefined) this.#last = before
    else after.before = before
    this.#byId.delete(id)
    this.#deadlines.remove(waiting)
  }
}
