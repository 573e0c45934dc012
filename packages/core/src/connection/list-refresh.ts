import type { CommandRequest } from '../steps.js'
import type { ClientClock } from './connection-parts.js'
import type { Dialect } from './dialect.js'

/** Asks for the list of players at each login and from time to time, once more at once where it is not whole. */
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

  /** Asks now, and from now on. */
  begin(): void {
    if (this.#intervalMs === 0) return
    // What comes of it is told as a `command` event; that nothing comes is the session's to notice.
    // One at a time: the one that a lost login left waiting is carried out by the next.
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

  /** Asks no more; what was asked is left to the next login. */
  end(): void {
    this.#cancelTimer()
  }

  /** Asks no more; the next login, perhaps at another server, asks for itself. */
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
