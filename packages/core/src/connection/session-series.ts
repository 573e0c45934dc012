import { decodeText } from '@bercon/protocol'
import type { Command, CommandRequest } from '../steps.js'
import type { CallOptions } from './connection.js'
import { commandEvent, type EventListeners } from './connection-event.js'
import { type ConnectionOptions, sessionOptions } from './connection-options.js'
import type { ClientClock } from './connection-parts.js'
import { type ConnectionStatistics, StatisticsTotal } from './connection-statistics.js'
import type { Dialect, SessionEvent, SessionFailure } from './dialect.js'
import { asksAgain, failureError, newExchange, survives } from './exchange.js'
import { LiveSession, type SessionListener } from './live-session.js'

/** What a series needs of its connection. */
export interface SeriesParts {
  readonly clock: ClientClock
  readonly dialect: Dialect
  readonly options: ConnectionOptions
  readonly listeners: EventListeners
  readonly onEvent: SessionListener
}

/**
 * The sessions of a connection, one for each login. Requests wait in the current one. When it ends, those that can be
 * retried move to the next one, and the others fail.
 */
export class SessionSeries {
  readonly #parts: SeriesParts
  readonly #total = new StatisticsTotal()
  // How often the connection was closed.
  #life = 0
  // There is always a session in which requests can wait.
  #current: LiveSession
  // When a reply last arrived, by the clock that never goes backwards.
  #heardAt = Number.NaN

  constructor(parts: SeriesParts) {
    this.#parts = parts
    this.#current = this.#newSession()
  }

  /** The session that requests are added to. */
  get current(): LiveSession {
    return this.#current
  }

  /** Counters over all logins, and measurements of the current one. */
  get statistics(): ConnectionStatistics {
    return this.#total.with(this.#current.statistics)
  }

  /** The wall clock's time of the last reply; `undefined` before the first. */
  get heardAt(): number | undefined {
    if (Number.isNaN(this.#heardAt)) return undefined
    const { clock } = this.#parts
    return clock.wallNow() - (clock.now() - this.#heardAt)
  }

  /** Whether events of a session still count: a listener may have closed the connection, or ended that login. */
  isCurrent(session: LiveSession): boolean {
    return session === this.#current && this.#isOfNow(session)
  }

  countLogin(): void {
    this.#total.countLogin()
  }

  /** Sends a request in the current session. If `command` is present, the promise resolves with its result. */
  begin(
    request: CommandRequest,
    options: CallOptions,
    command: Command<unknown> | undefined,
  ): Promise<string> {
    try {
      const now = this.#parts.clock.now()
      const exchange = newExchange(request, now, options, this.#parts.options)
      exchange.command = command
      if (options.signal !== undefined) exchange.endWith(options.signal, () => this.#current.cancel(exchange))
      this.#current.add(exchange, now)
      return exchange.promise
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** Replaces a session that has ended; requests that cannot be retried fail with `reason`. */
  renew(reason?: unknown): void {
    const over = this.#current
    this.#current = this.#newSession()
    this.#total.keep(over.statistics)
    over.end(reason)
  }

  /** Ends the last session of a closed connection; every request fails, with `reason` if it was never sent. */
  end(reason?: unknown): void {
    this.#life++
    this.#current.end(reason)
  }

  /** Starts again after the end. Only the counters are kept. */
  reopen(): void {
    this.#heardAt = Number.NaN
    this.renew()
  }

  /** Settles the request that a reply answers, and emits the reply. */
  handleReply(session: LiveSession, event: Extract<SessionEvent, { type: 'reply' }>): void {
    const exchange = session.take(event.id)
    const { clock, listeners, options } = this.#parts
    const reply = decodeText(event.bytes, options)
    const isOfNow = this.#isOfNow(session)
    if (isOfNow && event.mixed && exchange !== undefined && asksAgain(exchange, reply)) {
      exchange.attempts += event.attempts
      this.#current.add(exchange, clock.now())
      return
    }
    exchange?.resolve(reply)
    if (!isOfNow) return
    this.#heardAt = session.now
    const text = exchange === undefined ? '' : exchange.request.text
    if (listeners.wantReply(text)) listeners.emit(commandEvent(text, reply, event, clock.wallNow()))
  }

  /** Moves a request without a reply to the next session if it can be retried; otherwise rejects it. */
  handleFailure(session: LiveSession, failure: SessionFailure): void {
    const reason = session.endReason
    const exchange = session.take(failure.id)
    // Its signal may have been aborted after its session failed it.
    if (exchange === undefined || exchange.state === 'settled') return
    const now = this.#parts.clock.now()
    const error = failureError(exchange, failure, now)
    exchange.attempts += failure.attempts
    if (reason !== undefined) exchange.reject(exchange.attempts === 0 ? reason : error)
    else if (this.#isOfNow(session) && survives(exchange, failure)) this.#current.add(exchange, now)
    else exchange.reject(error)
  }

  /** Whether a session is of the present life: a listener may have closed the connection, and opened it again. */
  #isOfNow({ life }: LiveSession): boolean {
    return life === this.#life
  }

  #newSession(): LiveSession {
    const { dialect, options, clock, onEvent } = this.#parts
    return new LiveSession(dialect.createSession(sessionOptions(options)), clock, onEvent, this.#life)
  }
}
