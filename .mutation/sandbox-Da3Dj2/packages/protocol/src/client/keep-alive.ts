// @ts-nocheck
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
 * The session's own command, one at a time. It keeps the login alive (P7), and decides whether a silent server is gone.
 */
export class KeepAlive {
  readonly #everyMs: number
  readonly #silence: Silence
  #command: PendingCommand | undefined
  // When the last answered command packet was sent. Before the login no keep-alive is due.
  #answeredSentAt = NEVER

  constructor(everyMs: number, silence: Silence) {
    this.#everyMs = everyMs
    this.#silence = silence
  }

  /** The keep-alive that is not sent yet. */
  get waiting(): WaitingCommand | undefined {
    return this.#command?.state === 'waiting' ? this.#command : undefined
  }

  get isSent(): boolean {
    return this.#command?.state === 'in-flight'
  }

  /** When to create the next keep-alive; `NEVER` while one exists. */
  get dueAt(): number {
    if (this.#command !== undefined) return NEVER
    return Math.min(this.#answeredSentAt + this.#everyMs, this.#silence.keepAliveAt)
  }

  /** When the login counts as lost, unless something new arrives. */
  get overAt(): number {
    const command = this.#command
    return command?.state === 'in-flight' ? this.#silence.overAt(command.firstSentAt) : NEVER
  }

  /** Starts keep-alives, counted from when the login was sent. */
  start(loginSentAt: number): void {
    this.#answeredSentAt = loginSentAt
  }

  /** Stops keep-alives. */
  stop(): void {
    this.#answeredSentAt = NEVER
    this.#command = undefined
  }

  /** Creates the keep-alive that is due. */
  make(now: number): void {
    this.#command = keepAliveCommand(now)
  }

  /** Notes that a command is sent for the first time. */
  sent(command: SentCommand): void {
    if (command.id === KEEP_ALIVE_ID) this.#command = command
  }

  /** Notes that a sending of any command was answered. */
  answered(sentAt: number): void {
    this.#answeredSentAt = Math.max(this.#answeredSentAt, sentAt)
  }

  /** Notes that a command is no longer in flight. */
  released(command: SentCommand): void {
    if (command === this.#command) this.#command = undefined
  }
}
