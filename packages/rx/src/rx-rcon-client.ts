import { type ClientOptions, clientParts } from '@bercon/client'
import {
  type CallOptions,
  type Connection,
  type ConnectionStatistics,
  InvalidArgumentError,
  MESSAGE_EVENTS,
  type Player,
  performAsync,
  RconClient,
  type RconEvents,
  type ServerMessageEvent,
  SessionLostError,
  type Steps,
  type Target,
  type WaitOptions,
} from '@bercon/core'
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

/** What an observable client is made with; every part has a default. */
export interface RxRconClientOptions extends ClientOptions<'observable'> {}

/** How a login is made and held. */
export interface ConnectOptions extends Pick<CallOptions, 'signal'> {
  /**
   * What a lost login leads to: the client comes back by itself, or the observable fails with `SessionLostError`.
   * @default 'reconnect'
   */
  readonly onLost?: 'reconnect' | 'error' | undefined
}

/**
 * A client that gives observables.
 *
 * Operations are cold: nothing is sent until somebody subscribes, each subscription sends once, gives one value and
 * completes; unsubscribing before the reply cancels it, and errors come out as the observable's.
 *
 * Streams are cold too, and told in order, within the delivery of the datagram: they hold nothing back and drop
 * nothing, so that a subscriber who takes long holds up the others. When the client is closed they complete; when the
 * password is refused at a reconnect they fail with that {@link LoginRefusedError}.
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
  // A value when the client was closed, an error when it was refused.
  readonly #ended = new ReplaySubject<void>(1)
  readonly #status: StatusRecord

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: RxRconClientOptions = {}) {
    const parts = clientParts(options)
    // Before the client's own subscription: who is told of an event finds the status up to date.
    const status = new StatusRecord(parts.connection)
    super(parts)
    this.#status = status
    void this.connection.closed.then((reason) => this.#end(reason))
  }

  /** Every line of the server as the event that it stands for; one that nobody can read is an `unknownMessage`. */
  get messages$(): Observable<ServerMessageEvent<'observable'>> {
    return this.#told(...MESSAGE_EVENTS)
  }

  /** What players say. */
  get chat$(): Observable<Events['playerMessage']> {
    return this.events('playerMessage')
  }

  /**
   * The players by slot, as known now and then after each change, before the event that made it. Those who did not
   * change are the same objects as before. Right after a login the list is empty, until the server has told it.
   */
  get players$(): Observable<readonly Player<'observable'>[]> {
    const changed$ = new Observable<void>((subscriber) => this.cache.onChange(() => subscriber.next()))
    return atOnceAndAfter(changed$, () => this.players).pipe(takeUntil(this.#ended))
  }

  /**
   * Who joins and who leaves from the subscription on, each once: by the lines, and by lists where lines were missed.
   * Those who were there before the first list give nothing.
   */
  get joinsAndLeaves$(): Observable<Events['joinOrLeave']> {
    return this.events('joinOrLeave')
  }

  /** Where the connection stands now, and each change; the last is `closed`. Never fails. */
  get connection$(): Observable<ConnectionStatus> {
    return this.#status.status$
  }

  /** The events with that name, from the subscription on. */
  events<Name extends keyof Events>(name: Name): Observable<Events[Name]> {
    return this.#told(name)
  }

  /**
   * One player, by slot or GUID: as soon as he is known, and at each change; completes when he leaves, or somebody else
   * has the slot.
   *
   * @throws {@link InvalidArgumentError} for what is neither a slot nor a GUID.
   */
  player$(idOrGuid: number | string): Observable<Player<'observable'>> {
    return this.players$.pipe(onePlayer(idOrGuid))
  }

  /**
   * The statistics at once and then every `intervalMs`.
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
   * Subscribing logs in and gives the client itself, once; unsubscribing closes it. A lost login shows on `connection$`
   * and comes back by itself, unless `onLost` says otherwise. Completes when the client is closed.
   *
   * Fails with {@link LoginRefusedError}, {@link LoginTimeoutError}, {@link HostUnreachableError},
   * {@link AlreadyConnectedError}, {@link InvalidArgumentError}, or the signal's reason; after that it can be subscribed
   * to again. Not so after a login: a client that is closed stays closed, and {@link connectRcon} makes a new one each
   * time.
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
   * Ends the connection at once, subscribed to or not, for a `subscribe` that is forgotten must not keep it open; what
   * waits fails with {@link ClosedError}. The observable completes when it is done. Does nothing a second time.
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
   * The next event with that name that passes the check, from the subscription on.
   *
   * Fails with {@link WaitTimeoutError} when it does not come in time, {@link ClosedError} when the client is closed,
   * whatever the check throws, or the signal's reason.
   */
  waitFor<Name extends keyof Events>(
    name: Name,
    options: WaitOptions<Events[Name]> = {},
  ): Observable<Events[Name]> {
    return firstPassing(this.events(name), name, this.clock, options)
  }

  #told<Name extends keyof Events>(...names: readonly Name[]): Observable<Events[Name]> {
    const told$ = new Observable<Events[Name]>((subscriber) => {
      for (const name of names) subscriber.add(this.dispatch.on(name, (event) => subscriber.next(event)))
    })
    return told$.pipe(takeUntil(this.#ended))
  }

  async #login(target: Target, unsubscribed: AbortSignal): Promise<void> {
    const login = this.connection.open(target, { signal: unsubscribed })
    this.#status.read(this.state)
    try {
      await login
    } finally {
      this.#status.read(this.state)
    }
    // Between the login and the telling of it.
    if (unsubscribed.aborted) this.#close()
  }

  /** Fails once the login is lost. By the first `reconnecting`: it comes last of all that a loss leads to. */
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
