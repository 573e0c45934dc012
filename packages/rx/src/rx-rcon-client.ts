import { systemClock, tracedExchange, tracedLogin, UdpTransport } from '@bercon/client'
import {
  Ban as AnyBan,
  Player as AnyPlayer,
  type CallOptions,
  type ConnectionStatistics,
  InvalidArgumentError,
  MESSAGE_EVENTS,
  RconClient,
  type RconEvents,
  type ServerMessageEvent,
  SessionLostError,
  type Steps,
  type Target,
  type WaitOptions,
} from '@bercon/core'
import {
  type ClientOptions,
  type ClientPlatform,
  type Connection,
  clientParts,
  performAsync,
} from '@bercon/core/kit'
import {
  asyncScheduler,
  defer,
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
  timer,
} from 'rxjs'
import { cancellable } from './cancellable.js'
import { type ConnectOptions, checkConnectOptions } from './connect-options.js'
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

const PLATFORM: ClientPlatform = { newTransport: () => new UdpTransport(), clock: systemClock }

/** From the beginning, or from a `connect` after an end, to the next end. */
interface Life {
  readonly closed: Promise<Error | undefined>
  /** A value when the client is closed, an error when it is refused. */
  readonly ended: ReplaySubject<void>
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
 * const session$ = new RxRconClient().connect('127.0.0.1', 2306, 'hunter2')
 * const subscription = session$
 *   .pipe(switchMap((client) => client.chat$))
 *   .subscribe(({ name, message }) => console.log(`${name}: ${message}`))
 * subscription.unsubscribe() // logs out
 * ```
 */
export class RxRconClient extends RconClient<'observable', Connection> {
  readonly kind = 'observable'
  readonly #status: StatusRecord
  #lastLife: Life | undefined
  // By the life in which somebody subscribes.
  readonly #ended$ = defer(() => this.#life.ended)

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: RxRconClientOptions = {}) {
    const parts = clientParts(options, PLATFORM)
    // Before the client's own subscription, so that listeners find the status up to date.
    const status = new StatusRecord(parts.connection)
    super(parts)
    this.#status = status
    void this.#life
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
  get players$(): Observable<readonly Player[]> {
    const changed$ = new Observable<void>((subscriber) => this.cache.onChange(() => subscriber.next()))
    return atOnceAndAfter(changed$, () => this.players).pipe(takeUntil(this.#ended$))
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
  player$(idOrGuid: number | string): Observable<Player> {
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
      takeUntil(this.#ended$),
    )
  }

  /**
   * Subscribing logs in and emits the client itself, once; unsubscribing closes it. A lost login shows on `connection$`
   * and is restored automatically, unless `onLost` says otherwise. Completes when the client is closed.
   *
   * Fails with {@link LoginRefusedError}, {@link LoginTimeoutError}, {@link HostUnreachableError},
   * {@link AlreadyConnectedError}, {@link InvalidArgumentError}, or the signal's reason. You can subscribe again after
   * that, and after the client is closed: `retry` and `repeat` log in again. {@link connectRcon} creates a new client each
   * time.
   *
   * @param port RConPort, not the game's port.
   */
  connect(host: string, port: number, password: string, options: ConnectOptions = {}): Observable<this> {
    const { onLost = 'reconnect', signal } = options
    const target: Target = { host, port, password }
    const lost$ = onLost === 'error' ? this.#lost(target) : NEVER
    const login = async (unsubscribed: AbortSignal) => {
      checkConnectOptions(options)
      return this.#login(target, unsubscribed)
    }
    return cancellable(login, signal).pipe(
      switchMap((life) =>
        merge(NEVER, of(this)).pipe(
          takeUntil(life.ended),
          takeUntil(lost$),
          finalize(() => this.#close(life)),
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
    const life = this.#life
    this.#close(life)
    return from(life.closed).pipe(map(() => undefined))
  }

  perform<T>(begin: () => Steps<T>, options: CallOptions = {}): Observable<T> {
    const { signal } = options
    const traced = { client: this, clock: this.clock }
    return cancellable(
      (unsubscribed) =>
        performAsync(begin, tracedExchange(this.exchanging({ ...options, signal: unsubscribed }), traced)),
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
    return events$.pipe(takeUntil(this.#ended$))
  }

  async #login(target: Target, unsubscribed: AbortSignal): Promise<Life> {
    const { host, port } = target
    const open = () => this.connection.open(target, { signal: unsubscribed })
    const login = tracedLogin(open, { client: this, host, port })
    const life = this.#life
    this.#status.read(this.state)
    try {
      await login
    } finally {
      this.#status.read(this.state)
    }
    // Between the login and the emission of the client.
    if (unsubscribed.aborted) this.#close(life)
    return life
  }

  /** Fails once the login is lost: at the first `reconnecting`, which is the last event that a loss leads to. */
  #lost(target: Target): Observable<never> {
    return this.events('reconnecting').pipe(
      map(() => {
        throw new SessionLostError(target)
      }),
    )
  }

  get #life(): Life {
    const { closed } = this.connection
    if (this.#lastLife?.closed === closed) return this.#lastLife
    const life: Life = { closed, ended: new ReplaySubject<void>(1) }
    this.#lastLife = life
    void closed.then((reason) => this.#end(life, reason))
    return life
  }

  /** Has no effect on a later life of the connection. */
  #close(life: Life): void {
    if (life !== this.#life) return
    this.connection.close()
    // A listener may have connected again.
    if (life === this.#life) this.#status.set({ state: 'closed', reason: 'closed' })
  }

  #end(life: Life, reason: Error | undefined): void {
    if (life === this.#life)
      this.#status.set({ state: 'closed', reason: reason === undefined ? 'closed' : 'refused' })
    if (reason === undefined) life.ended.next()
    else life.ended.error(reason)
  }
}

/** A player as `RxRconClient` returns them: what they do returns observables. */
export type Player = AnyPlayer<'observable'>
/** The class of every such player, for `instanceof`. */
export const Player: typeof AnyPlayer<'observable'> = AnyPlayer

/** A ban as `RxRconClient` returns it; a class of your own extends it, see `fetchBans`. */
export type Ban = AnyBan<'observable'>
/** The class of every such ban, to extend. */
export const Ban: typeof AnyBan<'observable'> = AnyBan
