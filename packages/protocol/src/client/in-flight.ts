import { SEQUENCES } from '../serial-number.js'
import type { PendingCommand } from './pending-command.js'

const NEVER = Number.POSITIVE_INFINITY

/**
 * The commands under way, by sequence, and when each is due to be sent again or given up. Most are answered long
 * before, so that putting one in and taking one out cost next to nothing, and only what is due costs a look at all.
 */
export class InFlight {
  readonly #commands: (PendingCommand | undefined)[] = new Array(SEQUENCES).fill(undefined)
  readonly #dueAt: Float64Array = new Float64Array(SEQUENCES).fill(NEVER)
  #size = 0
  #nextAt = NEVER

  get size(): number {
    return this.#size
  }

  /** Nothing is due before; what was to be due then may have been answered since. */
  get nextAt(): number {
    return this.#nextAt
  }

  get(sequence: number): PendingCommand | undefined {
    return this.#commands[sequence]
  }

  find(id: number): PendingCommand | undefined {
    return this.#commands.find((command) => command?.id === id)
  }

  /** All of them in the order of the calls. */
  inOrder(): readonly PendingCommand[] {
    return this.#commands.filter((command) => command !== undefined).sort((a, b) => a.id - b.id)
  }

  add(sequence: number, command: PendingCommand): void {
    this.#commands[sequence] = command
    this.#size++
  }

  setDue(sequence: number, dueAt: number): void {
    this.#dueAt[sequence] = dueAt
    if (dueAt < this.#nextAt) this.#nextAt = dueAt
  }

  remove(sequence: number): void {
    this.#commands[sequence] = undefined
    this.#dueAt[sequence] = NEVER
    if (--this.#size === 0) this.#nextAt = NEVER
  }

  /** The one that is due first, if it is due now; it stays until it is removed, due until it is set otherwise. */
  firstDue(now: number): PendingCommand | undefined {
    if (now < this.#nextAt) return undefined
    let first = 0
    for (let sequence = 1; sequence < SEQUENCES; sequence++)
      if ((this.#dueAt[sequence] as number) < (this.#dueAt[first] as number)) first = sequence
    this.#nextAt = this.#dueAt[first] as number
    return now < this.#nextAt ? undefined : this.#commands[first]
  }
}
