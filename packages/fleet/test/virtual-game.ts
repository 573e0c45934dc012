import {
  type ClientClock,
  CommandTimeoutError,
  type ConnectionEvent,
  type ConnectionState,
} from '@bercon/client'
import { type CommandRequest, type Connection, EventListeners, idleStatistics } from '@bercon/core/kit'
import type { VirtualProcess } from './virtual-process.js'

/** A game server that notes what it executes. All who are logged in hear its lines. */
export class VirtualGame {
  /** How often each command was executed. */
  readonly executed = new Map<string, number>()
  readonly #logins = new Set<GameConnection>()
  readonly #random: () => number
  #lines = 0

  constructor(random: () => number) {
    this.#random = random
  }

  connect(process: VirtualProcess): Connection {
    const connection = new GameConnection(process, this, this.#random)
    process.onCrash(() => this.#logins.delete(connection))
    return connection
  }

  execute(command: string): void {
    this.executed.set(command, (this.executed.get(command) ?? 0) + 1)
  }

  logIn(connection: GameConnection): void {
    this.#logins.add(connection)
  }

  logOut(connection: GameConnection): void {
    this.#logins.delete(connection)
  }

  get logins(): number {
    return this.#logins.size
  }

  speak(): void {
    const line = `line ${this.#lines++}`
    for (const login of this.#logins) login.hear(line)
  }
}

class GameConnection implements Connection {
  readonly refusal = undefined
  readonly closed = new Promise<undefined>(() => {})
  readonly #process: VirtualProcess
  readonly #game: VirtualGame
  readonly #random: () => number
  readonly #listeners = new EventListeners()
  #state: ConnectionState = 'idle'
  #number = 0
  #queued = 0

  constructor(process: VirtualProcess, game: VirtualGame, random: () => number) {
    this.#process = process
    this.#game = game
    this.#random = random
  }

  get state(): ConnectionState {
    return this.#state
  }

  get statistics() {
    return { ...idleStatistics(), queued: this.#queued }
  }

  async open(): Promise<void> {
    this.#state = 'connecting'
    await this.#after(30)
    if (this.#isClosed) return
    this.#state = 'connected'
    this.#game.logIn(this)
    this.#emit({ type: 'connect', at: 0, address: '192.0.2.1', attempts: 1, elapsedMs: 30 })
  }

  get #isClosed(): boolean {
    return this.#state === 'closed'
  }

  exchange(
    { text: command, resend }: CommandRequest,
    { timeoutMs = 0, signal }: Parameters<Connection['exchange']>[1] = {},
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const { clock } = this.#process
      let isWaiting = true
      this.#queued++
      const leaveQueue = () => {
        if (isWaiting) this.#queued--
        isWaiting = false
      }
      const abort = () => {
        leaveQueue()
        reject(signal?.reason)
      }
      if (signal?.aborted) abort()
      signal?.addEventListener('abort', abort)
      const facts = { command, resend, attempts: 1, elapsedMs: timeoutMs, outcome: 'unknown' } as const
      clock.setTimer(() => reject(new CommandTimeoutError(facts)), timeoutMs)
      // Most are sent at once, some wait for a place.
      clock.setTimer(
        () => {
          if (!isWaiting || this.#isClosed) return
          leaveQueue()
          if (this.#random() < 0.05) return
          this.#game.execute(command)
          if (this.#random() > 0.05) clock.setTimer(() => resolve(`done ${command}`), 10)
        },
        this.#random() < 0.8 ? 0 : 2_000 * this.#random(),
      )
    })
  }

  hear(text: string): void {
    this.#process.receive(() => {
      const number = this.#number++
      this.#emit({ type: 'message', at: 0, text, sequence: number % 256, number })
    })
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    return this.#listeners.add(listener)
  }

  close(): void {
    this.#state = 'closed'
    this.#game.logOut(this)
  }

  #emit(event: ConnectionEvent): void {
    if (!this.#isClosed) this.#listeners.emit(event)
  }

  #after(ms: number): Promise<void> {
    const { clock }: { clock: ClientClock } = this.#process
    return new Promise((resolve) => clock.setTimer(resolve, ms))
  }
}
