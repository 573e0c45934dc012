import {
  KEEP_ALIVE_ID,
  keepAliveCommand,
  type PendingCommand,
  type SentCommand,
  type WaitingCommand,
} from './pending-command.js'
import type { Silence } from './silence.js'

const NEVER = Number.POSITIVE_INFINITY

/**
 * The session's own command, one at a time, which keeps the login alive (P7) and decides whether a server that seems
 * gone is.
 */
export class KeepAlive {
  readonly #everyMs: number
  readonly #silence: Silence
  #command: PendingCommand | undefined
  // When the last command packet that was answered was sent; before the login no keep-alive is due.
  #answeredSentAt = NEVER

  constructor(everyMs: number, silence: Silence) {
    this.#everyMs = everyMs
    this.#silence = silence
  }

  /** The one that has not been sent yet. */
  get waiting(): WaitingCommand | undefined {
    return this.#command?.state === 'waiting' ? this.#command : undefined
  }

  get isSent(): boolean {
    return this.#command?.state === 'in-flight'
  }

  /** When the next one has to be made; never while there is one. */
  get dueAt(): number {
    if (this.#command !== undefined) return NEVER
    return Math.min(this.#answeredSentAt + this.#everyMs, this.#silence.keepAliveAt)
  }

  /** When the server counts as gone, unless anything new comes. */
  get overAt(): number {
    const command = this.#command
    return command?.state === 'in-flight' ? this.#silence.overAt(command.firstSentAt) : NEVER
  }

  /** From the login on, which was sent at a time, keep-alives are due. */
  start(loginSentAt: number): void {
    this.#answeredSentAt = loginSentAt
  }

  /** None is due any more. */
  stop(): void {
    this.#answeredSentAt = NEVER
    this.#command = undefined
  }

  /** Makes the one that is due. */
  make(now: number): void {
    this.#command = keepAliveCommand(now)
  }

  /** A command goes out for the first time. */
  sent(command: SentCommand): void {
    if (command.id === KEEP_ALIVE_ID) this.#command = command
  }

  /** A sending of any command was answered. */
  answered(sentAt: number): void {
    this.#answeredSentAt = Math.max(this.#answeredSentAt, sentAt)
  }

  /** A command is under way no more. */
  released(command: SentCommand): void {
    if (command === this.#command) this.#command = undefined
  }
}
