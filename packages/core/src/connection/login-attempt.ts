import { Cancellation } from '../cancel-signal.js'
import type { Clock } from '../clock.js'
import {
  HostUnreachableError,
  type LoginFacts,
  type LoginFailure,
  LoginTimeoutError,
} from '../errors/login-failure.js'
import type { Transport } from '../transport.js'
import type { Target } from './connection.js'

/** Begins a login at an address, with its share of the patience in ms; rejects when no socket can be had. */
export type BeginLogin = (address: string, patienceMs: number) => Promise<void>

/**
 * One try to log in, over all the addresses that the host has: nothing tells that UDP is "connected", so that an
 * address counts as dead when it has not answered for its share of the patience.
 */
export class LoginAttempt {
  readonly #target: Omit<Target, 'password'>
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #patienceMs: number
  readonly #begin: BeginLogin
  readonly #onFailed: (error: LoginFailure) => void
  readonly #startedAt: number
  #addresses: readonly string[] = []
  #next = 0
  #sent = 0
  #problem: Error | undefined
  #cancelTimer: () => void = () => {}
  #stopLookUp: () => void = () => {}
  // Counts the steps, so that one that was given up does not go on when it ends after all.
  #turn = 0
  #state: 'running' | 'over' = 'running'

  constructor(
    target: Omit<Target, 'password'>,
    transport: Transport,
    clock: Clock,
    patienceMs: number,
    begin: BeginLogin,
    onFailed: (error: LoginFailure) => void,
  ) {
    this.#target = target
    this.#transport = transport
    this.#clock = clock
    this.#patienceMs = patienceMs
    this.#begin = begin
    this.#onFailed = onFailed
    this.#startedAt = clock.now()
  }

  /** The address that is being tried. */
  get address(): string {
    return this.#addresses[this.#next - 1] ?? this.#target.host
  }

  /** Looks the host up, anew each time, and begins with its first address. */
  async start(): Promise<void> {
    const lookUp = new Cancellation()
    const turn = this.#watch(this.#leftMs, 'its name was looked up in vain', () => lookUp.abort('too long'))
    this.#stopLookUp = () => lookUp.abort('cancelled')
    try {
      const found: unknown = await this.#transport.resolve(this.#target.host, lookUp)
      if (Array.isArray(found)) this.#addresses = found
    } catch (error) {
      this.#problem ??= asError(error)
    }
    if (turn === this.#turn) await this.#tryNext()
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
    this.#turn++
    this.#state = 'over'
    this.#cancelTimer()
    this.#stopLookUp()
  }

  get #leftMs(): number {
    return Math.max(0, this.#startedAt + this.#patienceMs - this.#clock.now())
  }

  async #tryNext(): Promise<void> {
    while (this.#state === 'running') {
      this.#cancelTimer()
      const address = this.#addresses[this.#next++]
      if (address === undefined) {
        this.cancel()
        this.#onFailed(this.#failure())
        return
      }
      // What the addresses before have left over is for those that follow.
      const patienceMs = this.#leftMs / (this.#addresses.length - this.#next + 1)
      const turn = this.#watch(patienceMs, `no socket to ${address} could be had in time`)
      try {
        await this.#begin(address, patienceMs)
        if (turn === this.#turn) this.#cancelTimer()
        return
      } catch (error) {
        if (turn !== this.#turn) return
        this.#problem = asError(error)
      }
    }
  }

  /** Goes on with the next address when a step takes longer than it may; the turn says whether it still counts. */
  #watch(ms: number, problem: string, onLate = () => {}): number {
    const turn = ++this.#turn
    this.#cancelTimer = this.#clock.setTimer(() => {
      this.#turn++
      this.#problem = new Error(problem)
      onLate()
      void this.#tryNext()
    }, ms)
    return turn
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
