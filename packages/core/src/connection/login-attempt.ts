import type { Clock } from '../clock.js'
import {
  HostUnreachableError,
  type LoginFacts,
  type LoginFailure,
  LoginTimeoutError,
} from '../errors/login-failure.js'
import type { Transport } from '../transport.js'
import type { Target } from './connection.js'

/** Begins a login at an address, with its share of the patience; rejects when no socket can be had. */
export type BeginLogin = (address: string, share: number) => Promise<void>

/**
 * One try to log in, over all the addresses that the host has: nothing tells that UDP is "connected", so that an
 * address counts as dead when it has not answered for its share of the patience.
 */
export class LoginAttempt {
  readonly #target: Omit<Target, 'password'>
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #begin: BeginLogin
  readonly #onFailed: (error: LoginFailure) => void
  readonly #startedAt: number
  #addresses: readonly string[] = []
  #next = 0
  #sent = 0
  #problem: Error | undefined
  #cancelTimer: () => void = () => {}
  #state: 'running' | 'over' = 'running'

  constructor(
    target: Omit<Target, 'password'>,
    transport: Transport,
    clock: Clock,
    begin: BeginLogin,
    onFailed: (error: LoginFailure) => void,
  ) {
    this.#target = target
    this.#transport = transport
    this.#clock = clock
    this.#begin = begin
    this.#onFailed = onFailed
    this.#startedAt = clock.now()
  }

  /** The address that is being tried. */
  get address(): string {
    return this.#addresses[this.#next - 1] ?? this.#target.host
  }

  /** Looks the host up, anew each time, for so long at most, and begins with its first address. */
  async start(patienceMs: number): Promise<void> {
    this.#cancelTimer = this.#clock.setTimer(() => {
      this.#problem = new Error(`its name was looked up for ${patienceMs} ms without an answer`)
      void this.#tryNext()
    }, patienceMs)
    try {
      this.#addresses = await this.#transport.resolve(this.#target.host)
    } catch (error) {
      this.#problem = asError(error)
    }
    this.#cancelTimer()
    await this.#tryNext()
  }

  /** The address was not answering; `sent` logins were sent to it. */
  async goOn(sent: number): Promise<void> {
    this.#sent += sent
    await this.#tryNext()
  }

  /** Facts for an error, with the logins that were sent to the present address. */
  facts(sent: number): LoginFacts {
    const { host, port } = this.#target
    return { host, port, attempts: this.#sent + sent, elapsedMs: this.#clock.now() - this.#startedAt }
  }

  /** Nothing that is under way leads anywhere any more. */
  cancel(): void {
    this.#state = 'over'
    this.#cancelTimer()
  }

  async #tryNext(): Promise<void> {
    while (this.#state === 'running') {
      const address = this.#addresses[this.#next++]
      if (address === undefined) {
        this.cancel()
        this.#onFailed(this.#failure())
        return
      }
      try {
        await this.#begin(address, 1 / this.#addresses.length)
        return
      } catch (error) {
        this.#problem = asError(error)
      }
    }
  }

  #failure(): LoginFailure {
    if (this.#sent > 0) return new LoginTimeoutError(this.facts(0))
    const detail = this.#problem?.message ?? 'it has no address'
    return new HostUnreachableError({ ...this.facts(0), detail })
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
