import {
  type CallOptions,
  type ClientClock,
  CommandTimeoutError,
  type ConnectionEvent,
  ConnectionLostError,
  type ConnectionState,
} from '@bercon/core'
import { type CommandRequest, type Connection, EventListeners, idleStatistics } from '@bercon/core/kit'

const IDLE = idleStatistics()

/** A command that a game has received and not settled yet. */
export interface GameCommand {
  readonly id: number
  readonly text: string
  /** Whether nobody waits for it any more: it may be executed nevertheless. */
  readonly isAbandoned: () => boolean
  readonly reply: (text: string) => void
  /** Fails it as never sent, as a lost login does. */
  readonly fail: () => void
}

/** A connection that is logged in, and whose game settles commands when the world wants it to. */
export class HostedGame implements Connection {
  readonly refusal = undefined
  readonly closed: Promise<undefined> = new Promise(() => {})
  readonly #clock: ClientClock
  readonly #onCommand: (command: GameCommand) => void
  readonly #listeners = new EventListeners()
  #state: ConnectionState = 'idle'
  #messages = 0
  #unsettled = 0
  #last = 0

  /** @param onCommand is called with each command that is sent. */
  constructor(clock: ClientClock, onCommand: (command: GameCommand) => void) {
    this.#clock = clock
    this.#onCommand = onCommand
  }

  get state(): ConnectionState {
    return this.#state
  }

  get statistics(): Connection['statistics'] {
    return { ...IDLE, inFlight: this.#unsettled }
  }

  async open(): Promise<void> {
    if (this.#state === 'closed') return
    this.#state = 'connected'
    this.#listeners.emit({ type: 'connect', at: 0, address: '192.0.2.1', attempts: 1, elapsedMs: 0 })
  }

  exchange(
    { text, resend }: CommandRequest,
    { timeoutMs = 30_000, signal }: CallOptions = {},
  ): Promise<string> {
    const facts = { command: text, resend, elapsedMs: 0 }
    this.#unsettled++
    return new Promise<string>((resolve, reject) => {
      let isAbandoned = false
      const late = () => {
        isAbandoned = true
        reject(new CommandTimeoutError({ ...facts, attempts: 1, outcome: 'unknown' }))
      }
      const cancel = Number.isFinite(timeoutMs) ? this.#clock.setTimer(late, timeoutMs) : () => {}
      signal?.addEventListener('abort', () => {
        isAbandoned = true
        cancel()
        reject(signal.reason)
      })
      this.#onCommand({
        id: ++this.#last,
        text,
        isAbandoned: () => isAbandoned,
        reply: (reply) => {
          cancel()
          resolve(reply)
        },
        fail: () => {
          cancel()
          reject(new ConnectionLostError({ ...facts, attempts: 0, outcome: 'not-sent' }))
        },
      })
    }).finally(() => this.#unsettled--)
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    return this.#listeners.add(listener)
  }

  close(): void {
    this.#state = 'closed'
  }

  say(text: string): void {
    if (this.#state !== 'connected') return
    const number = this.#messages++
    this.#listeners.emit({ type: 'message', at: 0, text, sequence: number % 256, number })
  }
}
