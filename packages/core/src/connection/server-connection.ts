import { whenAborted } from '../cancel-signal.js'
import { ClosedError, NotConnectedError } from '../errors/command-errors.js'
import { AlreadyConnectedError, LoginFailure, LoginRefusedError } from '../errors/login-errors.js'
import type { Command, CommandRequest } from '../steps.js'
import { BackOff } from './back-off.js'
import { type CallOptions, type Connection, checkOpening, type Target } from './connection.js'
import { type ConnectionEvent, EventListeners, messageEvent } from './connection-event.js'
import { type ConnectionOptions, connectionOptions } from './connection-options.js'
import { type ClientClock, type ConnectionParts, checkParts } from './connection-parts.js'
import {
  CONNECTION_MOVES,
  type ConnectionMove,
  type ConnectionState,
  isLoggedInState,
  nextConnectionState,
} from './connection-state.js'
import type { ConnectionStatistics } from './connection-statistics.js'
import { Deferred } from './deferred.js'
import { battleye, type SessionEvent } from './dialect.js'
import { ListRefresh } from './list-refresh.js'
import type { LiveSession } from './live-session.js'
import { type AttemptOwner, LoginAttempt } from './login-attempt.js'
import { SessionSeries } from './session-series.js'

const NO_OPTIONS: CallOptions = {}

/** A connection to one server over any transport and clock. After the first login it reconnects by itself. */
export class ServerConnection implements Connection {
  readonly #parts: ConnectionParts
  readonly #clock: ClientClock
  readonly #options: ConnectionOptions
  readonly #listeners = new EventListeners()
  readonly #sessions: SessionSeries
  readonly #backOff: BackOff
  readonly #refresh: ListRefresh
  readonly #owner: AttemptOwner = {
    session: () => this.#sessions.current,
    onFailed: (error) => this.#attemptFailed(error),
  }
  #state: ConnectionState = 'idle'
  #closed = new Deferred<Error | undefined>()
  #target: Target = { host: '', port: 0, password: '' }
  #opening: Deferred<void> | undefined
  // The latest attempt, which `open` and each reconnect replace; the initial one is never started.
  #attempt: LoginAttempt
  // Why the last login failed; reset when the connection is opened again.
  #failure: LoginFailure | undefined

  /** @throws {@link InvalidArgumentError} naming an option that is unknown or out of range. */
  constructor(parts: ConnectionParts, options: Partial<ConnectionOptions> = {}) {
    checkParts(parts)
    this.#parts = parts
    this.#clock = parts.clock
    const dialect = parts.dialect ?? battleye
    this.#options = connectionOptions(options)
    this.#backOff = new BackOff(this.#clock, this.#options, parts.random ?? Math.random)
    const { playersIntervalMs } = this.#options
    const ask = (list: CommandRequest) => this.exchange(list)
    this.#refresh = new ListRefresh(dialect, this.#clock, playersIntervalMs, ask)
    this.#attempt = this.#newAttempt()
    this.#sessions = new SessionSeries({
      clock: this.#clock,
      dialect,
      options: this.#options,
      listeners: this.#listeners,
      onEvent: this.#handle,
    })
  }

  /** The connection's state. */
  get state(): ConnectionState {
    return this.#state
  }

  /** Counters over all logins, and measurements of the current one. */
  get statistics(): ConnectionStatistics {
    return this.#sessions.statistics
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
    return this.#sessions.heardAt
  }

  async open(target: Target, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    checkOpening(target, options)
    if (CONNECTION_MOVES[this.#state].open === undefined) throw new AlreadyConnectedError(this.#target)
    if (this.#state === 'closed') {
      this.#closed = new Deferred()
      this.#sessions.reopen()
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
    if (!this.#isOpen) return Promise.reject(this.#refusalOf(request.text))
    return this.#sessions.begin(request, options, undefined)
  }

  ask<T>(command: Command<T>, options: CallOptions = NO_OPTIONS): Promise<T> {
    if (!this.#isOpen) return Promise.reject(this.#refusalOf(command.text))
    return this.#sessions.begin(command, options, command) as Promise<unknown> as Promise<T>
  }

  close(): void {
    if (this.#state !== 'closed') this.#end('close', undefined)
  }

  /** Whether a login exists or can be awaited. */
  get #isOpen(): boolean {
    return this.#state !== 'closed' && this.#state !== 'idle' && this.#state !== 'refused'
  }

  /** The error of a command for which no login can be awaited. */
  #refusalOf(command: string): Error {
    if (this.#state !== 'closed') return new NotConnectedError({ command })
    return this.#failure ?? new ClosedError({ command, outcome: 'not-sent' })
  }

  /** @throws for a move that is not in the table. */
  #move(move: ConnectionMove): void {
    this.#state = nextConnectionState(this.#state, move)
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
      this.#sessions.handleReply(session, event)
      return
    }
    if (event.type === 'failure') {
      this.#sessions.handleFailure(session, event)
      return
    }
    // A listener may have closed the connection; its remaining events are dropped.
    if (!this.#sessions.isCurrent(session)) return
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
        this.#sessions.renew()
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
        this.#sessions.renew()
        this.#listeners.emit({ type: 'disconnect', at, reason: 'forgotten' })
        this.#scheduleReconnect()
        break
      default:
    }
  }

  #loggedIn(attempts: number, elapsedMs: number, at: number): void {
    this.#move('logged-in')
    this.#backOff.end()
    this.#sessions.countLogin()
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
      this.#sessions.renew(error)
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
    this.#sessions.renew(error)
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
    this.#refresh.end()
    this.#sessions.end(this.#failure)
    // Before any listener is called, because one may open the connection again.
    this.#opening?.reject(new ClosedError({ command: 'connect', outcome: 'not-sent' }))
    this.#closed.resolve(refusal)
    const reason = refusal === undefined ? 'closed' : 'refused'
    if (wasUp) this.#listeners.emit({ type: 'disconnect', at: this.#clock.wallNow(), reason })
  }
}
