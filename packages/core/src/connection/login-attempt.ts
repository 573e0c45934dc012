import { encodeText } from '@bercon/protocol'
import { Cancellation } from '../cancel-signal.js'
import {
  HostUnreachableError,
  type LoginFacts,
  type LoginFailure,
  LoginTimeoutError,
} from '../errors/login-errors.js'
import type { Target } from './connection.js'
import type { ConnectionParts } from './connection-parts.js'
import type { LiveSession } from './live-session.js'

/** What an attempt needs of its connection. */
export interface AttemptOwner {
  /** The session that logs in at the next address; each address that does not answer costs one. */
  readonly session: () => LiveSession
  readonly onFailed: (error: LoginFailure) => void
}

/**
 * One try to log in, over all the addresses that the host has. UDP has no handshake: an address counts as dead when it
 * has not answered for its share of the patience.
 */
export class LoginAttempt {
  readonly #target: Target
  readonly #parts: Pick<ConnectionParts, 'transport' | 'clock'>
  readonly #patienceMs: number
  readonly #owner: AttemptOwner
  #startedAt = 0
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
    target: Target,
    parts: Pick<ConnectionParts, 'transport' | 'clock'>,
    patienceMs: number,
    owner: AttemptOwner,
  ) {
    this.#target = target
    this.#parts = parts
    this.#patienceMs = patienceMs
    this.#owner = owner
  }

  /** The address that is being tried. */
  get address(): string {
    return this.#addresses[this.#next - 1] ?? this.#target.host
  }

  /** Looks the host up, anew each time, and begins with its first address. */
  async start(): Promise<void> {
    const { transport, clock } = this.#parts
    this.#startedAt = clock.now()
    const lookUp = new Cancellation()
    const turn = this.#watch(this.#leftMs, 'its name was looked up in vain', () => lookUp.abort('too long'))
    this.#stopLookUp = () => lookUp.abort('canceled')
    try {
      const found: unknown = await transport.resolve(this.#target.host, lookUp)
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
    const elapsedMs = this.#parts.clock.now() - this.#startedAt
    return { host, port, attempts: this.#sent + sent, elapsedMs }
  }

  /** Nothing that is under way leads anywhere any more. */
  cancel(): void {
    this.#turn++
    this.#state = 'over'
    this.#cancelTimer()
    this.#stopLookUp()
  }

  get #leftMs(): number {
    return Math.max(0, this.#startedAt + this.#patienceMs - this.#parts.clock.now())
  }

  async #tryNext(): Promise<void> {
    while (this.#state === 'running') {
      this.#cancelTimer()
      const address = this.#addresses[this.#next++]
      if (address === undefined) {
        this.cancel()
        this.#owner.onFailed(this.#failure())
        return
      }
      // What the addresses before have left over is for those that follow.
      const patienceMs = this.#leftMs / (this.#addresses.length - this.#next + 1)
      const turn = this.#watch(patienceMs, `no socket to ${address} could be had in time`)
      const session = this.#owner.session()
      try {
        const socket = await this.#parts.transport.open(address, this.#target.port, session)
        if (turn === this.#turn) {
          this.#cancelTimer()
          session.login(socket, encodeText(this.#target.password), patienceMs)
        } else socket.close()
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
    this.#cancelTimer = this.#parts.clock.setTimer(() => {
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
