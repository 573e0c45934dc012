import { checkNumber, decodeText, encodeText } from '@bercon/protocol'
import { checkSignal, whenAborted } from '../cancel-signal.js'
import type { Clock } from '../clock.js'
import { AlreadyConnectedError } from '../errors/already-connected-error.js'
import { ClosedError, NotConnectedError } from '../errors/command-errors.js'
import { withoutPassword } from '../errors/command-text.js'
import { LoginFailure, LoginRefusedError } from '../errors/login-failure.js'
import type { Request } from '../steps.js'
import type { Transport } from '../transport.js'
import { reconnectDelay } from './back-off.js'
import type { CallOptions, Connection, Target } from './connection.js'
import type { ConnectionEvent, DisconnectReason } from './connection-event.js'
import { type ConnectionOptions, connectionOptions, sessionOptions } from './connection-options.js'
import type { ConnectionParts } from './connection-parts.js'
import { CONNECTION_MOVES, type ConnectionMove, type ConnectionState } from './connection-state.js'
import { type ConnectionStatistics, StatisticsTotal } from './connection-statistics.js'
import { Deferred } from './deferred.js'
import { battleye, type Dialect, type SessionEvent, type SessionFailure } from './dialect.js'
import { asksAgain, beginExchange, type Exchange, failureError, survives } from './exchange.js'
import { ListRefresh } from './list-refresh.js'
import { Login, type Reply } from './login.js'
import { LoginAttempt } from './login-attempt.js'
import { messageEvent } from './message-event.js'
import { checkTarget } from './target.js'

const TIMEOUT = { min: 0, max: Number.POSITIVE_INFINITY }

/** A connection to one server over any transport and clock; after a first login it comes back by itself. */
export class ServerConnection implements Connection {
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #dialect: Dialect
  readonly #random: () => number
  readonly #options: ConnectionOptions
  readonly #listeners = new Set<(event: ConnectionEvent) => void>()
  readonly #total = new StatisticsTotal()
  readonly #closed = new Deferred<Error | undefined>()
  #state: ConnectionState = 'idle'
  #target: Target = { host: '', port: 0, password: '' }
  #opening: Deferred<void> | undefined
  #attempt: LoginAttempt | undefined
  #cancelBackOff: () => void = () => {}
  readonly #refresh: ListRefresh
  #reconnects = 0
  // There is always one that requests can wait for.
  #login: Login
  // Why the last login failed for good, or was given up: what waits fails with it.
  #failure: { readonly reason: unknown } | undefined

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(parts: ConnectionParts, options: Partial<ConnectionOptions> = {}) {
    this.#transport = parts.transport
    this.#clock = parts.clock
    this.#dialect = parts.dialect ?? battleye
    this.#random = parts.random ?? Math.random
    this.#options = connectionOptions(options)
    const { playersIntervalMs } = this.#options
    this.#refresh = new ListRefresh(this.#dialect, this.#clock, playersIntervalMs, (list) =>
      this.exchange(list),
    )
    this.#login = this.#newLogin()
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#state
  }

  /** What was sent and received so far, over all logins. */
  get statistics(): ConnectionStatistics {
    return this.#total.with(this.#login.session.statistics)
  }

  get closed(): Promise<Error | undefined> {
    return this.#closed.promise
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async open(target: Target, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    checkTarget(target)
    checkSignal(options.signal)
    if (options.signal?.aborted) throw options.signal.reason
    if (this.#state === 'closed') throw new ClosedError({ command: 'connect', outcome: 'not-sent' })
    if (CONNECTION_MOVES[this.#state].open === undefined) throw new AlreadyConnectedError(this.#target)
    this.#move('open')
    this.#target = target
    this.#failure = undefined
    const opening = new Deferred<void>()
    this.#opening = opening
    const stopListening = whenAborted(options.signal, (reason) => this.#giveUp(reason))
    this.#beginAttempt()
    await opening.promise.finally(stopListening)
  }

  exchange(request: Request, options: CallOptions = {}): Promise<string> {
    // What is thrown in here is the promise's rejection; one promise a command is all that this costs.
    return new Promise((resolve, reject) => {
      const login = this.#loginFor(request.text)
      const { resendTimeoutMs, onceTimeoutMs } = this.#options
      const timeoutMs = options.timeoutMs ?? (request.resend ? resendTimeoutMs : onceTimeoutMs)
      checkNumber('timeoutMs', timeoutMs, TIMEOUT)
      checkSignal(options.signal)
      beginExchange(request, options.signal, timeoutMs, this.#clock.now(), login, resolve, reject)
    })
  }

  close(): void {
    if (this.#state === 'closed') return
    this.#end('close', 'closed')
    this.#opening?.reject(new ClosedError({ command: 'connect', outcome: 'not-sent' }))
    this.#closed.resolve(undefined)
  }

  /** @throws when there is no login to wait for. */
  #loginFor(command: string): Login {
    if (this.#state === 'closed') {
      throw this.#failure === undefined
        ? new ClosedError({ command, outcome: 'not-sent' })
        : this.#failure.reason
    }
    if (this.#state === 'idle' || this.#state === 'refused') throw new NotConnectedError({ command })
    return this.#login
  }

  #move(move: ConnectionMove): void {
    this.#state = CONNECTION_MOVES[this.#state][move] ?? this.#state
  }

  #tell(event: ConnectionEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch {
        // Clients tell their users what fails; a bare listener has nobody, and may not stop the connection either.
      }
    }
  }

  #newLogin(): Login {
    return new Login(this.#dialect.createSession(sessionOptions(this.#options)), this.#clock, {
      onEvent: (event, login) => {
        if (login === this.#login) this.#handle(event)
      },
      onReply: (exchange, reply) => this.#handleReply(exchange, reply),
      onFailure: (exchange, failure) => this.#handleFailure(exchange, failure),
    })
  }

  /** Puts a new login in the place of one that is over; what survives that one is given to it. */
  #renewLogin(): void {
    const over = this.#login
    this.#login = this.#newLogin()
    this.#total.keep(over.session.statistics)
    over.end()
  }

  #beginAttempt(): void {
    const { host, port, password } = this.#target
    const bytes = encodeText(password)
    const begin = (address: string, patienceMs: number) =>
      this.#login.begin(this.#transport, address, port, bytes, patienceMs)
    const onFailed = (error: LoginFailure) => this.#attemptFailed(error)
    const { loginTimeoutMs } = this.#options
    const attempt = new LoginAttempt(
      { host, port },
      this.#transport,
      this.#clock,
      loginTimeoutMs,
      begin,
      onFailed,
    )
    this.#attempt = attempt
    void attempt.start()
  }

  #handle(event: SessionEvent): void {
    // A listener of one event may have closed the connection; the rest of them are nobody's any more.
    if (this.#state === 'closed') return
    const at = this.#clock.wallNow()
    switch (event.type) {
      case 'logged-in':
        this.#loggedIn(event.attempts, event.elapsedMs, at)
        break
      case 'login-refused':
        this.#refused(event.attempts)
        break
      case 'login-timed-out':
        this.#renewLogin()
        void this.#attempt?.goOn(event.attempts)
        break
      case 'forgotten':
        this.#move('lost')
        this.#refresh.end()
        this.#renewLogin()
        this.#tell({ type: 'disconnect', at, reason: 'forgotten' })
        this.#scheduleReconnect()
        break
      case 'message':
        this.#tell(messageEvent(event, at, this.#options))
        break
      case 'malformed':
        this.#tell({ type: 'malformed', at, problem: event.problem, length: event.length })
        break
      default:
    }
  }

  #handleReply(exchange: Exchange | undefined, { bytes, attempts, sentAfter, mixed }: Reply): void {
    const reply = decodeText(bytes, this.#options)
    if (mixed === true && exchange !== undefined && this.#state !== 'closed' && asksAgain(exchange, reply)) {
      exchange.attempts += attempts
      this.#login.add(exchange, this.#clock.now())
      return
    }
    exchange?.resolve(reply)
    if (this.#state === 'closed') return
    // What is told may be logged.
    const text = withoutPassword(exchange?.request.text ?? '')
    this.#tell({
      type: 'command',
      at: this.#clock.wallNow(),
      text,
      reply,
      sentAfter,
      ...(mixed && { mixed }),
    })
  }

  #handleFailure(exchange: Exchange, failure: SessionFailure): void {
    const now = this.#clock.now()
    const error = failureError(exchange, failure, now)
    exchange.attempts += failure.attempts
    if (this.#failure !== undefined) exchange.reject(exchange.attempts === 0 ? this.#failure.reason : error)
    else if (this.#state !== 'closed' && survives(exchange, failure)) this.#login.add(exchange, now)
    else exchange.reject(error)
  }

  #loggedIn(attempts: number, elapsedMs: number, at: number): void {
    const address = this.#attempt?.address ?? this.#target.host
    this.#move('logged-in')
    this.#reconnects = 0
    this.#total.countLogin()
    this.#tell({ type: 'connect', at, address, attempts, elapsedMs })
    this.#opening?.resolve()
    if (this.#state === 'connected') this.#refresh.begin()
  }

  /** A refusal is final: the same password will not be better a second time (defect 12). */
  #refused(attempts: number): void {
    const error = new LoginRefusedError(
      this.#attempt?.facts(attempts) ?? { ...this.#target, attempts, elapsedMs: 0 },
    )
    this.#failure = { reason: error }
    if (this.#state === 'connecting') {
      this.#move('refused')
      this.#renewLogin()
      this.#opening?.reject(error)
    } else {
      this.#end('refused', 'refused')
      this.#closed.resolve(error)
    }
  }

  #attemptFailed(error: LoginFailure): void {
    if (this.#state === 'connecting') this.#giveUp(error)
    else this.#scheduleReconnect()
  }

  /** The first login is given up; the connection may be opened again. */
  #giveUp(error: unknown): void {
    if (this.#state !== 'connecting') return
    this.#failure = { reason: error }
    this.#attempt?.cancel()
    this.#move('gave-up')
    this.#renewLogin()
    // The reason of an abort is for those who waited then, and not for a command after `close()`.
    if (!(error instanceof LoginFailure)) this.#failure = undefined
    this.#opening?.reject(error)
  }

  #scheduleReconnect(): void {
    // Who was told of the loss may have closed the connection.
    if (this.#state !== 'reconnecting') return
    const delayMs = reconnectDelay(++this.#reconnects, this.#options, this.#random())
    this.#cancelBackOff = this.#clock.setTimer(() => this.#beginAttempt(), delayMs)
    this.#tell({ type: 'reconnecting', at: this.#clock.wallNow(), attempt: this.#reconnects, delayMs })
  }

  /** The end of the connection: no timer, socket or waiting request is left. */
  #end(move: 'close' | 'refused', reason: DisconnectReason): void {
    const wasUp = this.#state === 'connected' || this.#state === 'reconnecting'
    this.#move(move)
    this.#attempt?.cancel()
    this.#cancelBackOff()
    this.#refresh.end()
    this.#login.end()
    if (wasUp) this.#tell({ type: 'disconnect', at: this.#clock.wallNow(), reason })
  }
}
