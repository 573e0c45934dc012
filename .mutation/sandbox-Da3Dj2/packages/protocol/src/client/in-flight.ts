// @ts-nocheck
import { SEQUENCES } from '../wire/serial-number.js'
import type { SentCommand } from './pending-command.js'

const NEVER = Number.POSITIVE_INFINITY
const NOT_MEASURABLE = Number.NaN

/**
 * The commands in flight, by the sequences of all their sendings, and when each is due to be sent again or to fail.
 * Most are answered long before that, so adding and removing are cheap, and only due commands are searched for.
 */
export class InFlight {
  readonly #commands: (SentCommand | undefined)[] = new Array(SEQUENCES).fill(undefined)
  // By the sequence of a command's last sending.
  readonly #dueAt: Float64Array = new Float64Array(SEQUENCES).fill(NEVER)
  readonly #sentAt: Float64Array = new Float64Array(SEQUENCES)
  readonly #lastSentAt: Float64Array = new Float64Array(SEQUENCES)
  // The same, as long as the first answer to it can be measured.
  readonly #measuredFrom: Float64Array = new Float64Array(SEQUENCES).fill(NOT_MEASURABLE)
  #size = 0
  #repeatable = 0
  #nextAt = NEVER

  /** Number of commands, regardless of how often each was sent. */
  get size(): number {
    return this.#size
  }

  /** Number of commands that may be sent again. */
  get repeatable(): number {
    return this.#repeatable
  }

  /** No command is due before this time. The one that was may have been answered since. */
  get nextAt(): number {
    return this.#nextAt
  }

  get(sequence: number): SentCommand | undefined {
    return this.#commands[sequence]
  }

  find(id: number): SentCommand | undefined {
    return this.#commands.find((command) => command?.id === id)
  }

  /** All commands in the order of the calls. */
  inOrder(): readonly SentCommand[] {
    return this.#commands
      .filter(
        (command, sequence): command is SentCommand => command !== undefined && command.sequence === sequence,
      )
      .sort((a, b) => a.id - b.id)
  }

  /** Adds a command that is sent for the first time. */
  add(command: SentCommand, now: number): void {
    this.#size++
    if (command.resend) this.#repeatable++
    this.#note(command, now)
  }

  /** Adds another sending of a command, with its own sequence; an answer to any sending counts. */
  addSending(command: SentCommand, sequence: number, now: number): void {
    const before = command.sequence
    this.#dueAt[before] = NEVER
    if (command.earlier === undefined) command.earlier = [before]
    else command.earlier.push(before)
    command.sequence = sequence
    this.#note(command, now)
  }

  /** Notes that a command is sent again with the same sequence, so an answer could belong to either sending. */
  sendAgain(sequence: number, now: number): void {
    this.#lastSentAt[sequence] = now
    this.#measuredFrom[sequence] = NOT_MEASURABLE
  }

  /** When the first sending with a sequence was sent. */
  sentAt(sequence: number): number {
    return this.#sentAt[sequence] as number
  }

  /** When the last sending with a sequence was sent. */
  lastSentAt(sequence: number): number {
    return this.#lastSentAt[sequence] as number
  }

  /** Time from a sending to its first answer; `NaN` for a later answer, or if it is unknown. */
  measure(sequence: number, now: number): number {
    const ms = now - (this.#measuredFrom[sequence] as number)
    this.#measuredFrom[sequence] = NOT_MEASURABLE
    return ms
  }

  setDue(sequence: number, dueAt: number): void {
    this.#dueAt[sequence] = dueAt
    if (dueAt < this.#nextAt) this.#nextAt = dueAt
  }

  /** Makes a command due at `resendAt` if it may be sent again, otherwise at its deadline. */
  schedule(command: SentCommand, resendAt: number): void {
    const dueAt = command.resend && resendAt < command.deadline ? resendAt : command.deadline
    this.setDue(command.sequence, dueAt)
  }

  /** Postpones all due times to `until` at the earliest. */
  postpone(until: number): void {
    for (const command of this.inOrder())
      this.schedule(command, Math.max(command.lastSentAt + command.intervalMs, until))
  }

  /** Removes a command and all its sendings. */
  remove(command: SentCommand): void {
    const { sequence } = command
    this.#commands[sequence] = undefined
    this.#dueAt[sequence] = NEVER
    if (command.earlier !== undefined) for (const one of command.earlier) this.#commands[one] = undefined
    if (command.resend) this.#repeatable--
    if (--this.#size === 0) this.#nextAt = NEVER
  }

  /** The command that is due first, if it is due now. It remains due until it is removed or rescheduled. */
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
