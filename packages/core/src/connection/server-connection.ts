import { checkNames, decodeText } from '@bercon/protocol'
import { checkSignal, whenAborted } from '../cancel-signal.js'
import { ClosedError, NotConnectedError } from '../errors/command-errors.js'
import { AlreadyConnectedError, LoginFailure, LoginRefusedError } from '../errors/login-errors.js'
import type { Command, CommandRequest } from '../steps.js'
import { BackOff } from './back-off.js'
import { type CallOptions, type Connection, checkTarget, type Target } from './connection.js'
import { type ConnectionEvent, commandEvent, EventListeners, messageEvent } from './connection-event.js'
import { type ConnectionOptions, connectionOptions, sessionOptions } from './connection-options.js'
import { type ClientClock, type ConnectionParts, checkParts } from './connection-parts.js'
import {
  CONNECTION_MOVES,
  type ConnectionMove,
  type ConnectionState,
  isLoggedInState,
  nextConnectionState,
} from './connection-state.js'
import { type ConnectionStatistics, StatisticsTotal } from './connection-statistics.js'
import { Deferred } from './deferred.js'
import { battleye, type Dialect, type SessionEvent, type SessionFailure } from './dialect.js'
import { asksAgain, failureError, newExchange, survives } from './exchange.js'
import { ListRefresh } from './list-refresh.js'
import { LiveSession } from './live-session.js'
import { type AttemptOwner, LoginAttempt } from './login-attempt.js'

const NO_OPTIONS: CallOptions = {}

/** A connection to one server over any transport and clock. After the first login it reconnects by itself. */
export class ServerConnection implements Connection {
  readonly #parts: ConnectionParts
  readonly #clock: ClientClock
  readonly #dialect: Dialect
  readonly #options: ConnectionOptions
  readonly #listeners = new EventListeners()
  readonly #total = new StatisticsTotal()
  readonly #backOff: BackOff
  readonly #refresh: ListRefresh
  readonly #owner: AttemptOwner = {
    session: () => this.#session,
    onFailed: (error) => this.#attemptFailed(error),
  }
  #state: ConnectionState = 'idle'
  // How often it was opened again after its end.
  #life = 0
  #closed = new Deferred<Error | undefined>()
  #target: Target = { host: '', port: 0, password: '' }
  #opening: Deferred<void> | undefined
  // The latest attempt, which `open` and each reconnect replace; the initial one is never started.
  #attempt: LoginAttempt
  // There is always a session in which requests can wait.
  #session: LiveSession
  // Why the last login failed; reset when the connection is opened again.
  #failure: LoginFailure | undefined
  // When a reply last arrived, by the clock that never goes backwards.
  #heardAt = Number.NaN

  /** @throws {@link InvalidArgumentError} naming an option that is unknown or out of range. */
  constructor(parts: ConnectionParts, options: Partial<ConnectionOptions> = {}) {
    checkParts(parts)
    this.#parts = parts
    this.#clock = parts.clock
    this.#dialect = parts.dialect ?? battleye
    this.#options = connectionOptions(options)
    this.#backOff = new BackOff(this.#clock, this.#options, parts.random ?? Math.random)
    const { playersIntervalMs } = this.#options
    const ask = (list: CommandRequest) => this.exchange(list)
    this.#refresh = new ListRefresh(this.#dialect, this.#clock, playersIntervalMs, ask)
    this.#attempt = this.#newAttempt()
    this.#session = this.#newSession()
  }

  /** The connection's state. */
  get state(): ConnectionState {
    return this.#state
  }

  /** Counters over all logins, and measurements of the current one. */
  get statistics(): ConnectionStatistics {
    return this.#total.with(this.#session.statistics)
  }

  get closed(): Promise<Error | undefined> {
    return this.#closed.promise
  }

  get refusal(): LoginRefusedError | undefined {
    return this.#failure instanceof LoginRefusedError ? this.#failure : undefined
  }

  subscribe(
    listener: (event: ConnectionEvent) => void,
    wantsReply?: (command: string) => boolean,
  ): () => void {
    return this.#listeners.add(listener, wantsReply)
  }

  get heardAt(): number | undefined {
    if (Number.isNaN(this.#heardAt)) return undefined
    return this.#clock.wallNow() - (this.#clock.now() - this.#heardAt)
  }

  async open(target: Target, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    checkTarget(target)
    checkNames(options, ['signal'])
    checkSignal(options.signal)
    if (options.signal?.aborted) throw options.signal.reason
    if (CONNECTION_MOVES[this.#state].open === undefined) throw new AlreadyConnectedError(this.#target)
    if (this.#state === 'closed') {
      // Only the counters of the previous life are kept.
      this.#life++
      this.#closed = new Deferred()
      this.#heardAt = Number.NaN
      this.#renewSession()
    }
    this.#move('open')
    this.#target = target
    this.#failure = undefined
    const opening = new Deferred<void>()
    this.#opening = opening
    const stopListening = whenAborted(options.signal, (reason) => {
      // The connection may have been closed and opened again meanwhile.
      if (this.#opening === opening) this.#giveUp(reason)
    })
    this.#beginAttempt()
    await opening.promise.finally(stopListening)
  }

  exchange(request: CommandRequest, options: CallOptions = NO_OPTIONS): Promise<string> {
    return this.#beginExchange(request, options, undefined)
  }

  ask<T>(command: Command<T>, options: CallOptions = NO_OPTIONS): Promise<T> {
    return this.#beginExchange(command, options, command) as Promise<unknown> as Promise<T>
  }

  close(): void {
    if (this.#state !== 'closed') this.#end('close', undefined)
  }

  #beginExchange(
    request: CommandRequest,
    options: CallOptions,
    command: Command<unknown> | undefined,
  ): Promise<string> {
    try {
      this.#checkOpen(request.text)
      const now = this.#clock.now()
      const exchange = newExchange(request, now, options, this.#options)
      exchange.command = command
      if (options.signal !== undefined) exchange.endWith(options.signal, () => this.#session.cancel(exchange))
      this.#session.add(exchange, now)
      return exchange.promise
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** @throws if no login can be awaited. */
  #checkOpen(command: string): void {
    if (this.#state === 'closed') throw this.#failure ?? new ClosedError({ command, outcome: 'not-sent' })
    if (this.#state === 'idle' || this.#state === 'refused') throw new NotConnectedError({ command })
  }

  /** @throws for a move that is not in the table. */
  #move(move: ConnectionMove): void {
    this.#state = nextConnectionState(this.#state, move)
  }

  #newSession(): LiveSession {
    return new LiveSession(
      this.#dialect.createSession(sessionOptions(this.#options)),
      this.#clock,
      this.#handle,
      this.#life,
    )
  }

  /** Replaces a session that has ended; requests that cannot be retried fail with `reason`. */
  #renewSession(reason?: unknown): void {
    const over = this.#session
    this.#session = this.#newSession()
    this.#total.keep(over.statistics)
    over.end(reason)
  }

  #newAttempt(): LoginAttempt {
    return new LoginAttempt(this.#target, this.#parts, this.#options.loginTimeoutMs, this.#owner)
  }

  #beginAttempt(): void {
    this.#attempt = this.#newAttempt()
    void this.#attempt.start()
  }

  readonly #handle = (event: SessionEvent, session: LiveSession): void => {
    if (event.type === 'reply') {
      this.#handleReply(session, event)
      return
    }
    if (event.type === 'failure') this.#handleFailure(session, event)
    // A listener may have closed the connection; its remaining events are dropped.
    if (session !== this.#session || this.#state === 'closed') return
    const at = this.#clock.wallNow()
    switch (event.type) {
      case 'message':
        this.#listeners.emit(messageEvent(event, at, this.#options))
        break
      case 'malformed':
        this.#listeners.emit({ type: 'malformed', at, problem: event.problem, length: event.length })
        break
      case 'logged-in':
        this.#loggedIn(event.attempts, event.elapsedMs, at)
        break
      case 'login-refused':
        this.#refused(event.attempts)
        break
      case 'login-timed-out':
        this.#renewSession()
        void this.#attempt.goOn(event.attempts)
        break
      case 'unresponsive':
      case 'responsive':
        this.#move(event.type === 'responsive' ? 'heard' : 'silent')
        this.#listeners.emit({ ...event, at })
        break
      case 'forgotten':
        this.#move('lost')
        this.#refresh.end()
        this.#renewSession()
        this.#listeners.emit({ type: 'disconnect', at, reason: 'forgotten' })
        this.#scheduleReconnect()
        break
      default:
    }
  }

  /** Whether a session belongs to the current life: a listener may have closed the connection and opened it again. */
  #isOfNow({ life }: LiveSession): boolean {
    return life === this.#life && this.#state !== 'closed'
  }

  #handleReply(session: LiveSession, event: Extract<SessionEvent, { type: 'reply' }>): void {
    const exchange = session.take(event.id)
    const reply = decodeText(event.bytes, this.#options)
    const isOfNow = this.#isOfNow(session)
    if (isOfNow && event.mixed && exchange !== undefined && asksAgain(exchange, reply)) {
      exchange.attempts += event.attempts
      this.#session.add(exchange, this.#clock.now())
      return
    }
    exchange?.resolve(reply)
    if (!isOfNow) return
    this.#heardAt = session.now
    const text = exchange === undefined ? '' : exchange.request.text
    if (this.#listeners.wantReply(text))
      this.#listeners.emit(commandEvent(text, reply, event, this.#clock.wallNow()))
  }

  #handleFailure(session: LiveSession, failure: SessionFailure): void {
    const reason = session.endReason
    const exchange = session.take(failure.id)
    // Its signal may have been aborted after its session failed it.
    if (exchange === undefined || exchange.state === 'settled') return
    const now = this.#clock.now()
    const error = failureError(exchange, failure, now)
    exchange.attempts += failure.attempts
    if (reason !== undefined) exchange.reject(exchange.attempts === 0 ? reason : error)
    else if (this.#isOfNow(session) && survives(exchange, failure)) this.#session.add(exchange, now)
    else exchange.reject(error)
  }

  #loggedIn(attempts: number, elapsedMs: number, at: number): void {
    this.#move('logged-in')
    this.#backOff.end()
    this.#total.countLogin()
    const opening = this.#opening
    this.#listeners.emit({ type: 'connect', at, address: this.#attempt.address, attempts, elapsedMs })
    opening?.resolve()
    if (this.#state === 'connected') this.#refresh.begin()
  }

  /** A refusal is final: the same password would be refused again (defect 12). */
  #refused(attempts: number): void {
    const error = new LoginRefusedError(this.#attempt.facts(attempts))
    this.#failure = error
    if (this.#state === 'connecting') {
      this.#move('refused')
      this.#renewSession(error)
      this.#opening?.reject(error)
    } else {
      this.#end('refused', error)
    }
  }

  #attemptFailed(error: LoginFailure): void {
    if (this.#state === 'connecting') this.#giveUp(error)
    else this.#scheduleReconnect()
  }

  /** Abandons the first login; the connection may be opened again. */
  #giveUp(error: unknown): void {
    if (this.#state !== 'connecting') return
    // The reason of an abort is for calls that waited then, not for a command after `close()`.
    this.#failure = error instanceof LoginFailure ? error : undefined
    this.#attempt.cancel()
    this.#move('gave-up')
    this.#renewSession(error)
    this.#opening?.reject(error)
  }

  #scheduleReconnect(): void {
    // A listener of the `disconnect` event may have closed the connection.
    if (this.#state !== 'reconnecting') return
    const wait = this.#backOff.begin(() => this.#beginAttempt())
    this.#listeners.emit({ type: 'reconnecting', at: this.#clock.wallNow(), ...wait })
  }

  /** Ends the connection: no timer, socket or waiting request remains. */
  #end(move: 'close' | 'refused', refusal: LoginRefusedError | undefined): void {
    const wasUp = isLoggedInState(this.#state) || this.#state === 'reconnecting'
    this.#move(move)
    this.#attempt.cancel()
    this.#backOff.end()
    this.#refresh.close()
    this.#session.end(this.#failure)
    // Before any listener is called, because one may open the connection again.
    this.#opening?.reject(new ClosedError({ command: 'connect', outcome: 'not-sent' }))
    this.#closed.resolve(refusal)
    const reason = refusal === undefined ? 'closed' : 'refused'
    if (wasUp) this.#listeners.emit({ type: 'disconnect', at: this.#clock.wallNow(), reason })
  }
}
