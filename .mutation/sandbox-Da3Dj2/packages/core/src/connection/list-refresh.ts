// @ts-nocheck
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
  #asking: Promise<unknown> | undefined

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
    // The reply is emitted as a `command` event, and the session detects a missing one.
    // One request at a time: if a lost login leaves one waiting, the next login sends it.
    if (this.#asking === undefined) {
      const asking = this.#ask()
        .catch(() => {})
        .finally(() => {
          if (this.#asking === asking) this.#asking = undefined
        })
      this.#asking = asking
    }
    this.#cancelTimer = this.#clock.setTimer(() => this.begin(), this.#intervalMs)
  }

  /** Stops; a pending request waits for the next login. */
  end(): void {
    this.#cancelTimer()
  }

  /** Stops; the next login, possibly at another server, requests its own list. */
  close(): void {
    this.end()
    this.#asking = undefined
  }

  async #ask(): Promise<void> {
    const { refresh, isWholeList } = this.#dialect
    const reply = await this.#exchange(refresh)
    if (isWholeList?.(reply) === false) await this.#exchange(refresh)
  }
}
