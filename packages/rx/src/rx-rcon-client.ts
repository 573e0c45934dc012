import { type ClientOptions, clientParts } from '@bercon/client'
import {
  type CallOptions,
  type ConnectionStatistics,
  InvalidArgumentError,
  MESSAGE_EVENTS,
  type Player,
  RconClient,
  type RconEvents,
  type ServerMessageEvent,
  SessionLostError,
  type Steps,
  type Target,
  type WaitOptions,
} from '@bercon/core'
import { type Connection, performAsync } from '@bercon/core/kit'
import {
  asyncScheduler,
  finalize,
  from,
  map,
  merge,
  NEVER,
  Observable,
  of,
  ReplaySubject,
  type SchedulerLike,
  switchMap,
  takeUntil,
  throwError,
  timer,
} from 'rxjs'
import { cancellable } from './cancellable.js'
import { atOnceAndAfter, type ConnectionStatus, StatusRecord } from './connection-status.js'
import { firstPassing } from './first-passing.js'
import { onePlayer } from './one-player.js'
import { checkInterval } from './operators/poll-players.js'

declare module '@bercon/core' {
  interface ResultKinds<T> {
    readonly observable: Observable<T>
  }
}

type Events = RconEvents<'observable'>

/** Options of an observable client; each has a default. */
export interface RxRconClientOptions extends ClientOptions<'observable'> {}

/** Options of a login. */
export interface ConnectOptions extends Pick<CallOptions, 'signal'> {
  /**
   * What a lost login leads to: the client reconnects on its own, or the observable fails with `SessionLostError`.
   * @default 'reconnect'
   */
  readonly onLost?: 'reconnect' | 'error' | undefined
}

/**
 * A client whose operations return observables.
 *
 * Operations are cold: each subscription sends once, emits one value and completes; unsubscribing before the reply
 * cancels it, and every failure is the observable's error.
 *
 * Streams are cold too, and emit in order, synchronously with the delivery of the datagram: they neither hold nor drop
 * values, so a slow subscriber delays the others. When the client is closed they complete; if the password is refused at
 * a reconnect they fail with that {@link LoginRefusedError}.
 *
 * @example
 * ```ts
 * import { RxRconClient } from '@bercon/rx'
 * import { switchMap } from 'rxjs'
 *
 * const session$ = new RxRconClient().connect('127.0.0.1', 2302, 'hunter2')
 * const subscription = session$
 *   .pipe(switchMap((client) => client.chat$))
 *   .subscribe(({ name, message }) => console.log(`${name}: ${message}`))
 * subscription.unsubscribe() // logs out
 * ```
 */
export class RxRconClient extends RconClient<'observable', Connection> {
  readonly kind = 'observable'
  // Emits a value when the client is closed, an error when it is refused.
  readonly #ended = new ReplaySubject<void>(1)
  readonly #status: StatusRecord

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: RxRconClientOptions = {}) {
    const parts = clientParts(options)
    // Before the client's own subscription, so that listeners find the status up to date.
    const status = new StatusRecord(parts.connection)
    super(parts)
    this.#status = status
    void this.connection.closed.then((reason) => this.#end(reason))
  }

  /** Emits every line of the server as its event; an unreadable one as `unknownMessage`. */
  get messages$(): Observable<ServerMessageEvent<'observable'>> {
    return this.#named(...MESSAGE_EVENTS)
  }

  /** Emits what players say. */
  get chat$(): Observable<Events['playerMessage']> {
    return this.events('playerMessage')
  }

  /**
   * Emits the players in order of slots, now and after each change, before the event that made it. Players without a
   * change are the same objects as before. Right after a login the list is empty, until the server's list arrives.
   */
  get players$(): Observable<readonly Player<'observable'>[]> {
    const changed$ = new Observable<void>((subscriber) => this.cache.onChange(() => subscriber.next()))
    return atOnceAndAfter(changed$, () => this.players).pipe(takeUntil(this.#ended))
  }

  /**
   * Emits joins and leaves from the subscription on, each once: from the server's lines, and from lists where lines were
   * missed. Players who were there before the first list are not reported.
   */
  get joinsAndLeaves$(): Observable<Events['joinOrLeave']> {
    return this.events('joinOrLeave')
  }

  /** Emits the current state of the connection, and each change; the last is `closed`. Never fails. */
  get connection$(): Observable<ConnectionStatus> {
    return this.#status.status$
  }

  /** Emits the events with that name, from the subscription on. */
  events<Name extends keyof Events>(name: Name): Observable<Events[Name]> {
    return this.#named(name)
  }

  /**
   * Emits one player, by slot or GUID: as soon as they are known, and at each change; completes when they leave, or
   * another player has the slot.
   *
   * @throws {@link InvalidArgumentError} for what is neither a slot nor a GUID.
   */
  player$(idOrGuid: number | string): Observable<Player<'observable'>> {
    return this.players$.pipe(onePlayer(idOrGuid))
  }

  /**
   * Emits the statistics at once and then every `intervalMs`.
   *
   * @param intervalMs - at least 1.
   * @throws {@link InvalidArgumentError} naming `intervalMs`.
   */
  stats$(intervalMs: number, scheduler: SchedulerLike = asyncScheduler): Observable<ConnectionStatistics> {
    checkInterval('intervalMs', intervalMs, 1)
    return timer(0, intervalMs, scheduler).pipe(
      map(() => this.statistics),
      takeUntil(this.#ended),
    )
  }

  /**
   * Subscribing logs in and emits the client itself, once; unsubscribing closes it. A lost login shows on `connection$`
   * and is restored automatically, unless `onLost` says otherwise. Completes when the client is closed.
   *
   * Fails with {@link LoginRefusedError}, {@link LoginTimeoutError}, {@link HostUnreachableError},
   * {@link AlreadyConnectedError}, {@link InvalidArgumentError}, or the signal's reason; after that you can subscribe
   * again. After a login you cannot: a closed client stays closed, and {@link connectRcon} creates a new one each time.
   *
   * @param port RConPort, not the game's port.
   */
  connect(
    host: string,
    port: number,
    password: string,
    { onLost = 'reconnect', signal }: ConnectOptions = {},
  ): Observable<this> {
    if (onLost !== 'reconnect' && onLost !== 'error')
      return throwError(() => new InvalidArgumentError('onLost', onLost, "'reconnect' or 'error'"))
    const target: Target = { host, port, password }
    const lost$ = onLost === 'error' ? this.#lost(target) : NEVER
    return cancellable((unsubscribed) => this.#login(target, unsubscribed), signal).pipe(
      switchMap(() =>
        merge(NEVER, of(this)).pipe(
          takeUntil(this.#ended),
          takeUntil(lost$),
          finalize(() => this.#close()),
        ),
      ),
    )
  }

  /**
   * Closes the connection at once, with or without a subscription, because a forgotten `subscribe` must not keep it
   * open; waiting calls fail with {@link ClosedError}. The observable completes when it is done. A second call is a
   * no-op.
   */
  close(): Observable<void> {
    this.#close()
    return from(this.connection.closed).pipe(map(() => undefined))
  }

  perform<T>(begin: () => Steps<T>, options: CallOptions = {}): Observable<T> {
    const { timeoutMs, signal } = options
    return cancellable(
      (unsubscribed) => performAsync(begin, this.exchanging({ timeoutMs, signal: unsubscribed })),
      signal,
    )
  }

  /**
   * Emits the next event with that name that passes the check, from the subscription on.
   *
   * Fails with {@link WaitTimeoutError} if none arrives in time, {@link ClosedError} if the client is closed, an error
   * thrown by the check, or the signal's reason.
   */
  waitFor<Name extends keyof Events>(
    name: Name,
    options: WaitOptions<Events[Name]> = {},
  ): Observable<Events[Name]> {
    return firstPassing(this.events(name), name, this.clock, options)
  }

  #named<Name extends keyof Events>(...names: readonly Name[]): Observable<Events[Name]> {
    const events$ = new Observable<Events[Name]>((subscriber) => {
      for (const name of names) subscriber.add(this.dispatch.on(name, (event) => subscriber.next(event)))
    })
    return events$.pipe(takeUntil(this.#ended))
  }

  async #login(target: Target, unsubscribed: AbortSignal): Promise<void> {
    const login = this.connection.open(target, { signal: unsubscribed })
    this.#status.read(this.state)
    try {
      await login
    } finally {
      this.#status.read(this.state)
    }
    // Between the login and the emission of the client.
    if (unsubscribed.aborted) this.#close()
  }

  /** Fails once the login is lost: at the first `reconnecting`, which is the last event that a loss leads to. */
  #lost(target: Target): Observable<never> {
    return this.events('reconnecting').pipe(
      map(() => {
        throw new SessionLostError(target)
      }),
    )
  }

  #close(): void {
    this.connection.close()
    this.#status.set({ state: 'closed', reason: 'closed' })
  }

  #end(reason: Error | undefined): void {
    this.#status.set({ state: 'closed', reason: reason === undefined ? 'closed' : 'refused' })
    if (reason === undefined) this.#ended.next()
    else this.#ended.error(reason)
  }
}
