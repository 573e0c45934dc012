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
  /** The session for the login at the next address. Each address without an answer uses up one. */
  readonly session: () => LiveSession
  readonly onFailed: (error: LoginFailure) => void
}

/**
 * One login attempt, over all addresses of the host. UDP has no handshake: an address is considered dead once its share
 * of the timeout passes.
 */
export class LoginAttempt {
  readonly #target: Target
  readonly #parts: Pick<ConnectionParts, 'transport' | 'clock'>
  readonly #timeoutMs: number
  readonly #owner: AttemptOwner
  #startedAt = 0
  #addresses: readonly string[] = []
  #next = 0
  #sent = 0
  #problem: Error | undefined
  #cancelTimer: () => void = () => {}
  #stopLookUp: () => void = () => {}
  // Counts the steps, so that an abandoned one does not continue when it completes late.
  #turn = 0
  #state: 'running' | 'over' = 'running'

  constructor(
    target: Target,
    parts: Pick<ConnectionParts, 'transport' | 'clock'>,
    timeoutMs: number,
    owner: AttemptOwner,
  ) {
    this.#target = target
    this.#parts = parts
    this.#timeoutMs = timeoutMs
    this.#owner = owner
  }

  /** The address being tried. */
  get address(): string {
    return this.#addresses[this.#next - 1] ?? this.#target.host
  }

  /** Looks the host up again, and starts with its first address. */
  async start(): Promise<void> {
    const { transport, clock } = this.#parts
    this.#startedAt = clock.now()
    const lookUp = new Cancellation()
    this.#watch(this.#leftMs, 'the DNS lookup timed out', () => lookUp.abort('too long'))
    this.#stopLookUp = () => lookUp.abort('canceled')
    try {
      const found: unknown = await transport.resolve(this.#target.host, lookUp)
      if (Array.isArray(found)) this.#addresses = found
    } catch (error) {
      this.#problem ??= asError(error)
    }
    // Has no effect if the lookup is too late: without an address, the attempt is over then.
    await this.#tryNext()
  }

  /** The address did not answer; `sent` logins were sent to it. */
  async goOn(sent: number): Promise<void> {
    this.#sent += sent
    await this.#tryNext()
  }

  /** The facts for an error, including the logins sent to the current address. */
  facts(sent: number): LoginFacts {
    const { host, port } = this.#target
    const elapsedMs = this.#parts.clock.now() - this.#startedAt
    return { host, port, attempts: this.#sent + sent, elapsedMs }
  }

  /** Abandons every pending step. */
  cancel(): void {
    this.#turn++
    this.#state = 'over'
    this.#cancelTimer()
    this.#stopLookUp()
  }

  get #leftMs(): number {
    return Math.max(0, this.#startedAt + this.#timeoutMs - this.#parts.clock.now())
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
      // Time that earlier addresses did not use is shared among the later ones.
      const timeoutMs = this.#leftMs / (this.#addresses.length - this.#next + 1)
      const turn = this.#watch(timeoutMs, `opening a socket to ${address} timed out`)
      const session = this.#owner.session()
      try {
        const socket = await this.#parts.transport.open(address, this.#target.port, session)
        if (turn === this.#turn) {
          this.#cancelTimer()
          session.login(socket, encodeText(this.#target.password), timeoutMs)
        } else socket.close()
        return
      } catch (error) {
        if (turn !== this.#turn) return
        this.#problem = asError(error)
      }
    }
  }

  /** Moves to the next address if a step takes too long. The returned turn shows whether the step is still current. */
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
