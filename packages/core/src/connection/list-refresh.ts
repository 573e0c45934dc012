import type { CommandRequest } from '../steps.js'
import type { ClientClock } from './connection-parts.js'
import type { Dialect } from './dialect.js'

/** Requests the list of players at each login and at intervals, and once more at once if it is incomplete. */
export class ListRefresh {
  readonly #dialect: Dialect
  readonly #clock: ClientClock
  readonly #intervalMs: number
  readonly #exchange: (request: CommandRequest) => Promise<string>
  #cancelTimer: () => void = () => {}
  #state: 'idle' | 'asking' = 'idle'

  /** @param intervalMs 0 for never. */
  constructor(
    dialect: Dialect,
    clock: ClientClock,
    intervalMs: number,
    exchange: (request: CommandRequest) => Promise<string>,
  ) {
    this.#dialect = dialect
    this.#clock = clock
    this.#intervalMs = intervalMs
    this.#exchange = exchange
  }

  /** Requests a list now and at intervals. */
  begin(): void {
    if (this.#intervalMs === 0) return
    // One request at a time: if a lost login leaves one waiting, the next login sends it.
    if (this.#state === 'idle') void this.#ask()
    this.#cancelTimer = this.#clock.setTimer(() => this.begin(), this.#intervalMs)
  }

  /** Stops. A pending request waits for the next login, or fails if the connection is closed. */
  end(): void {
    this.#cancelTimer()
  }

  async #ask(): Promise<void> {
    const { refresh, isWholeList } = this.#dialect
    this.#state = 'asking'
    try {
      const reply = await this.#exchange(refresh)
      if (isWholeList?.(reply) === false) await this.#exchange(refresh)
    } catch {
      // The session detects a missing reply.
    } finally {
      // Before the next login, which takes more turns than this.
      this.#state = 'idle'
    }
  }
}
