import { SEQUENCES } from '../wire/serial-number.js'
import type { SentCommand } from './pending-command.js'

const NEVER = Number.POSITIVE_INFINITY
const NOT_MEASURABLE = Number.NaN

/**
 * The commands under way, by the sequences of all their sendings, and when each command is due to be sent again or
 * given up. Most are answered long before, so that putting one in and taking one out cost next to nothing, and only
 * what is due costs a look at all.
 */
export class InFlight {
  readonly #commands: (SentCommand | undefined)[] = new Array(SEQUENCES).fill(undefined)
  // By the sequence of a command's last sending.
  readonly #dueAt: Float64Array = new Float64Array(SEQUENCES).fill(NEVER)
  readonly #sentAt: Float64Array = new Float64Array(SEQUENCES)
  readonly #lastSentAt: Float64Array = new Float64Array(SEQUENCES)
  // The same while the first answer to it can be measured.
  readonly #measuredFrom: Float64Array = new Float64Array(SEQUENCES).fill(NOT_MEASURABLE)
  #size = 0
  #repeatable = 0
  #nextAt = NEVER

  /** How many commands, however often each was sent. */
  get size(): number {
    return this.#size
  }

  /** How many of them may be sent again. */
  get repeatable(): number {
    return this.#repeatable
  }

  /** Nothing is due before; what was to be due then may have been answered since. */
  get nextAt(): number {
    return this.#nextAt
  }

  get(sequence: number): SentCommand | undefined {
    return this.#commands[sequence]
  }

  find(id: number): SentCommand | undefined {
    return this.#commands.find((command) => command?.id === id)
  }

  /** All of them in the order of the calls. */
  inOrder(): readonly SentCommand[] {
    return this.#commands
      .filter(
        (command, sequence): command is SentCommand => command !== undefined && command.sequence === sequence,
      )
      .sort((a, b) => a.id - b.id)
  }

  /** A command goes out for the first time. */
  add(command: SentCommand, now: number): void {
    this.#size++
    if (command.resend) this.#repeatable++
    this.#note(command, now)
  }

  /** A command under way goes out again with a sequence of its own; answers to both count. */
  addSending(command: SentCommand, sequence: number, now: number): void {
    const before = command.sequence
    this.#dueAt[before] = NEVER
    if (command.earlier === undefined) command.earlier = [before]
    else command.earlier.push(before)
    command.sequence = sequence
    this.#note(command, now)
  }

  /** A command goes out again with the sequence that it has: nobody knows which of the sendings is answered. */
  sendAgain(sequence: number, now: number): void {
    this.#lastSentAt[sequence] = now
    this.#measuredFrom[sequence] = NOT_MEASURABLE
  }

  /** When the first sending with a sequence went out. */
  sentAt(sequence: number): number {
    return this.#sentAt[sequence] as number
  }

  /** When the last sending with a sequence went out. */
  lastSentAt(sequence: number): number {
    return this.#lastSentAt[sequence] as number
  }

  /** Time from a sending to its first answer; not a number for a later answer, or where it is not known. */
  measure(sequence: number, now: number): number {
    const ms = now - (this.#measuredFrom[sequence] as number)
    this.#measuredFrom[sequence] = NOT_MEASURABLE
    return ms
  }

  setDue(sequence: number, dueAt: number): void {
    this.#dueAt[sequence] = dueAt
    if (dueAt < this.#nextAt) this.#nextAt = dueAt
  }

  /** Makes a command due at a time, where it may be sent again, or else at its deadline. */
  schedule(command: SentCommand, resendAt: number): void {
    const dueAt = command.resend && resendAt < command.deadline ? resendAt : command.deadline
    this.setDue(command.sequence, dueAt)
  }

  /** Makes none due before a time; those that would be due later anyway keep their own. */
  postpone(until: number): void {
    for (const command of this.inOrder())
      this.schedule(command, Math.max(command.lastSentAt + command.intervalMs, until))
  }

  /** Takes a command out, with all its sendings. */
  remove(command: SentCommand): void {
    const { sequence } = command
    this.#commands[sequence] = undefined
    this.#dueAt[sequence] = NEVER
    if (command.earlier !== undefined) for (const one of command.earlier) this.#commands[one] = undefined
    if (command.resend) this.#repeatable--
    if (--this.#size === 0) this.#nextAt = NEVER
  }

  /** The one that is due first, if it is due now; it stays until it is removed, due until it is set otherwise. */
  firstDue(now: number): SentCommand | undefined {
    if (now < this.#nextAt) return undefined
    let first = 0
    for (let sequence = 1; sequence < SEQUENCES; sequence++)
      if ((this.#dueAt[sequence] as number) < (this.#dueAt[first] as number)) first = sequence
    this.#nextAt = this.#dueAt[first] as number
    return now < this.#nextAt ? undefined : this.#commands[first]
  }

  #note(command: SentCommand, now: number): void {
    const { sequence } = command
    this.#commands[sequence] = command
    this.#sentAt[sequence] = now
    this.#lastSentAt[sequence] = now
    this.#measuredFrom[sequence] = now
  }
}
