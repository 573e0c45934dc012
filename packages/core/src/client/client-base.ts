import { ANY_DURATION, checkMethods, checkNames, checkNumber } from '@bercon/protocol'
import type { ClientCache } from '../cache/client-cache.js'
import { RconClientCache } from '../cache/rcon-client-cache.js'
import type { AnyConnection, CallOptions } from '../connection/connection.js'
import type { ClientClock } from '../connection/connection-parts.js'
import { type ConnectionState, isLoggedInState } from '../connection/connection-state.js'
import { EventDispatcher, type Listener } from '../dispatcher/event-dispatcher.js'
import type { WaitOptions } from '../dispatcher/wait-for-event.js'
import type { Kind, Performer, Result } from '../performer.js'
import type { CommandRequest, Steps } from '../steps.js'
import { EVENTS, type EventName } from './event-table.js'
import type { RconEvents } from './rcon-event.js'

/** What a client can be given in place of its own. */
export interface ClientExtras<K extends Kind> {
  /** @default new RconClientCache() */
  readonly cache?: ClientCache | undefined
  /** @default new EventDispatcher() */
  readonly dispatch?: EventDispatcher<RconEvents<K>> | undefined
}

/** What every client is made of; a flavor makes it of its own options. */
export interface ClientParts<K extends Kind, C extends AnyConnection = AnyConnection>
  extends ClientExtras<K> {
  readonly connection: C
  readonly clock: ClientClock
}

const CACHE_METHODS = ['clear', 'beginLogin', 'receiveMessage', 'receivePlayers', 'onChange']

/** A client without the operations: its connection, what it knows of it, and its listeners. */
export abstract class ClientBase<K extends Kind, C extends AnyConnection> implements Performer<K> {
  abstract readonly kind: K
  /** Tells the events; give it to `waitFor`, `eventStream`, or listen to it directly. */
  readonly dispatch: EventDispatcher<RconEvents<K>>
  readonly cache: ClientCache
  readonly #connection: C
  readonly #clock: ClientClock

  /** @throws {@link InvalidArgumentError} for a part of the wrong shape. */
  constructor(parts: ClientParts<K, C>) {
    checkMethods('connection', parts.connection, ['exchange', 'subscribe'])
    checkMethods('clock', parts.clock, ['now', 'wallNow', 'setTimer'])
    if (parts.dispatch !== undefined)
      checkMethods('dispatch', parts.dispatch, ['on', 'off', 'emit', 'declare'])
    if (parts.cache !== undefined) checkMethods('cache', parts.cache, CACHE_METHODS)
    this.#connection = parts.connection
    this.#clock = parts.clock
    this.dispatch = parts.dispatch ?? new EventDispatcher<RconEvents<K>>()
    this.dispatch.declare(Object.keys(EVENTS) as EventName[])
    this.cache = parts.cache ?? new RconClientCache()
  }

  /**
   * Logs in. Gives something disposable that closes the connection again.
   *
   * @throws {@link LoginRefusedError}, {@link LoginTimeoutError}, {@link HostUnreachableError},
   * {@link AlreadyConnectedError}, {@link InvalidArgumentError}
   */
  abstract connect(host: string, port: number, password: string): unknown

  /** Ends the connection at once; what waits fails with `ClosedError`. Does nothing a second time. */
  abstract close(): unknown

  abstract perform<T>(begin: () => Steps<T>, options?: CallOptions): Result<K, T>

  /** The next event with that name that passes the check. */
  abstract waitFor<Name extends keyof RconEvents<K>>(
    name: Name,
    options?: WaitOptions<RconEvents<K>[Name]>,
  ): unknown

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#connection.state
  }

  /** What was sent and received so far. */
  get statistics(): C['statistics'] {
    return this.#connection.statistics
  }

  /** Whether there is a login now; `false` while it is being made or made again. */
  isConnected(): boolean {
    return isLoggedInState(this.state)
  }

  /**
   * `true` while there is a login, nothing while the server has not answered.
   *
   * @throws {@link LoginRefusedError} when it refused the password.
   */
  isLoggedIn(): true | undefined {
    const { refusal } = this.#connection
    if (refusal !== undefined) throw refusal
    return isLoggedInState(this.state) ? true : undefined
  }

  /** Whether the client is at work: from `connect` to the end, reconnects included. */
  isRunning(): boolean {
    return this.isConnected() || this.state === 'connecting' || this.state === 'reconnecting'
  }

  /** Calls the listener with each such event; gives what ends that. */
  listen<Name extends keyof RconEvents<K>>(name: Name, listener: Listener<RconEvents<K>[Name]>): () => void {
    return this.dispatch.on(name, listener)
  }

  /** Calls the listener with each such event; `removeListener` ends that. */
  addListener<Name extends keyof RconEvents<K>>(name: Name, listener: Listener<RconEvents<K>[Name]>): void {
    this.dispatch.on(name, listener)
  }

  /** `false` when the listener was not there. */
  removeListener<Name extends keyof RconEvents<K>>(
    name: Name,
    listener: Listener<RconEvents<K>[Name]>,
  ): boolean {
    return this.dispatch.off(name, listener)
  }

  /** For the flavor: what it logs in and ends with. */
  protected get connection(): C {
    return this.#connection
  }

  /** For the flavor: the time by which deadlines are counted. */
  protected get clock(): ClientClock {
    return this.#clock
  }

  /** For the flavor's `perform`: sends the requests of one operation; `timeoutMs` is one deadline for all of them. */
  protected exchanging(options?: CallOptions): (request: CommandRequest) => ReturnType<C['exchange']> {
    // The type of the replies is lost in the inference, not in the connection.
    return untilDeadline(this.#connection, this.#clock, options) as ReturnType<typeof this.exchanging>
  }
}

const CALL_OPTIONS = ['timeoutMs', 'signal']

/** An exchange for the requests of one operation, all of which have one deadline: `timeoutMs` from now on. */
function untilDeadline<Reply>(
  connection: { exchange(request: CommandRequest, options?: CallOptions): Reply },
  clock: ClientClock,
  options: CallOptions = {},
): (request: CommandRequest) => Reply {
  const { signal, timeoutMs } = options
  if (timeoutMs === undefined)
    return (request) => {
      checkNames(options, CALL_OPTIONS)
      return connection.exchange(request, options)
    }
  const deadline = clock.now() + timeoutMs
  return (request) => {
    checkNames(options, CALL_OPTIONS)
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    return connection.exchange(request, { signal, timeoutMs: Math.max(0, deadline - clock.now()) })
  }
}
