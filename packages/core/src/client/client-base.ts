import { ANY_DURATION, checkMethods, checkNames, checkNumber } from '@bercon/protocol'
import type { ClientCache } from '../cache/client-cache.js'
import { RconClientCache } from '../cache/rcon-client-cache.js'
import type { AnyConnection, CallOptions } from '../connection/connection.js'
import type { ClientClock } from '../connection/connection-parts.js'
import { type ConnectionState, isLoggedInState } from '../connection/connection-state.js'
import { EventDispatcher, type Listener } from '../dispatcher/event-dispatcher.js'
import type { WaitOptions } from '../dispatcher/wait-for-event.js'
import type { Kind, Performer, Result } from '../performer.js'
import { ask, type Command, type CommandRequest, type Steps } from '../steps.js'
import { EVENTS, type EventName } from './event-table.js'
import type { RconEvents } from './rcon-event.js'

/** Parts of a client that you can replace with your own. */
export interface ClientExtras<K extends Kind> {
  /** @default new RconClientCache() */
  readonly cache?: ClientCache | undefined
  /** @default new EventDispatcher() */
  readonly dispatch?: EventDispatcher<RconEvents<K>> | undefined
}

/** The parts of a client; each flavor creates them from its options. */
export interface ClientParts<K extends Kind, C extends AnyConnection = AnyConnection>
  extends ClientExtras<K> {
  readonly connection: C
  readonly clock: ClientClock
}

const CACHE_METHODS = ['clear', 'beginLogin', 'receiveMessage', 'receivePlayers', 'onChange']

/** A client without operations: its connection, its cache and its listeners. */
export abstract class ClientBase<K extends Kind, C extends AnyConnection> implements Performer<K> {
  abstract readonly kind: K
  /** Emits the events. Pass it to `waitFor` or `eventStream`, or listen to it directly. */
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
   * Logs in. The returned handle closes the connection when disposed.
   *
   * @throws {@link LoginRefusedError}, {@link LoginTimeoutError}, {@link HostUnreachableError},
   * {@link AlreadyConnectedError}, {@link InvalidArgumentError}
   */
  abstract connect(host: string, port: number, password: string): unknown

  /** Ends the connection at once; waiting calls fail with `ClosedError`. A second call has no effect. */
  abstract close(): unknown

  abstract perform<T>(begin: () => Steps<T>, options?: CallOptions): Result<K, T>

  /** Waits for the next event with that name that passes the check. */
  abstract waitFor<Name extends keyof RconEvents<K>>(
    name: Name,
    options?: WaitOptions<RconEvents<K>[Name]>,
  ): unknown

  /** The connection's state. */
  get state(): ConnectionState {
    return this.#connection.state
  }

  /** Counters of what was sent and received, and measurements. */
  get statistics(): C['statistics'] {
    return this.#connection.statistics
  }

  /** Whether the client is logged in; `false` during a login or a reconnect. */
  isConnected(): boolean {
    return isLoggedInState(this.state)
  }

  /**
   * `true` once logged in; `undefined` until the server answers.
   *
   * @throws {@link LoginRefusedError} if the server refused the password.
   */
  isLoggedIn(): true | undefined {
    const { refusal } = this.#connection
    if (refusal !== undefined) throw refusal
    return isLoggedInState(this.state) ? true : undefined
  }

  /** Whether the client is running: from `connect` until it is closed, including reconnects. */
  isRunning(): boolean {
    return this.isConnected() || this.state === 'connecting' || this.state === 'reconnecting'
  }

  /** Calls the listener with each such event. Returns a function that unsubscribes it. */
  listen<Name extends keyof RconEvents<K>>(name: Name, listener: Listener<RconEvents<K>[Name]>): () => void {
    return this.dispatch.on(name, listener)
  }

  /** Calls the listener with each such event, until `removeListener`. */
  addListener<Name extends keyof RconEvents<K>>(name: Name, listener: Listener<RconEvents<K>[Name]>): void {
    this.dispatch.on(name, listener)
  }

  /** Removes a listener. Returns `false` if it was not registered. */
  removeListener<Name extends keyof RconEvents<K>>(
    name: Name,
    listener: Listener<RconEvents<K>[Name]>,
  ): boolean {
    return this.dispatch.off(name, listener)
  }

  /**
   * Runs an operation of one command. A flavor overrides it if it can do that for less. An invalid argument fails the
   * operation in the same way as every other error.
   */
  protected performCommand<T>(begin: () => Command<T>, options?: CallOptions): Result<K, T> {
    return this.perform(() => ask(begin()), options)
  }

  /** For flavors: the connection to log in and end. */
  protected get connection(): C {
    return this.#connection
  }

  /** For flavors: the clock for deadlines. */
  protected get clock(): ClientClock {
    return this.#clock
  }

  /** For a flavor's `perform`: sends the requests of one operation. `timeoutMs` is one deadline for all of them. */
  protected exchanging(options?: CallOptions): (request: CommandRequest) => ReturnType<C['exchange']> {
    // Inference loses the type of the replies; the connection has it.
    return untilDeadline(this.#connection, this.#clock, options) as ReturnType<typeof this.exchanging>
  }
}

/** The names of {@link CallOptions}. */
export const CALL_OPTIONS: readonly string[] = ['timeoutMs', 'signal']

/** An exchange for the requests of one operation, which share one deadline: `timeoutMs` from now. */
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
