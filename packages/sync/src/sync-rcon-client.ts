import { systemClock, UdpTransport } from '@bercon/client'
import {
  type CallOptions,
  type ConnectionState,
  checkNumber,
  EventsLostError,
  InvalidArgumentError,
  LoginRefusedError,
  RconClient,
  type RconEvents,
  ServerConnection,
  type Steps,
  type WaitOptions,
  WaitTimeoutError,
} from '@bercon/core'
import { BlockingConnection } from './blocking-connection.js'
import { DEFAULT_MAX_QUEUED, EventLoop, type EventLoopOptions, type EventSource } from './event-loop.js'
import { type AnyEvent, EVENT_NAMES } from './event-names.js'
import { performSync } from './perform-sync.js'
import { dialectModule, type SyncRconClientOptions, splitOptions } from './sync-options.js'
import type { SyncStatistics } from './sync-statistics.js'

const DURATION = { min: 0, max: Number.POSITIVE_INFINITY }
const COUNT = { min: 1, max: Number.POSITIVE_INFINITY, whole: true } as const

type EventName = keyof RconEvents<'sync'>

/** What a wait for an event takes. */
export interface SyncWaitOptions<Event> extends Pick<WaitOptions<Event>, 'timeoutMs'> {
  /**
   * Whether this is the event that is waited for; an error in it fails the wait.
   * @default every event
   */
  readonly check?: ((event: Event) => boolean) | undefined
}

/**
 * A client whose calls block until they have their value. Its connection lives in a thread of its own, which keeps the
 * login while the caller is busy; listeners are called, and the cache is brought up to date, in each call.
 *
 * @example
 * ```ts
 * import { SyncRconClient } from '@bercon/sync'
 *
 * using client = new SyncRconClient().connect('127.0.0.1', 2302, 'hunter2')
 * for (const player of client.fetchPlayers()) console.log(player.id, player.name, player.ping)
 * ```
 */
export class SyncRconClient extends RconClient<'sync'> implements Disposable {
  readonly kind = 'sync'
  readonly #connection: BlockingConnection
  readonly #source: EventSource
  #refusal: LoginRefusedError | undefined

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: SyncRconClientOptions = {}) {
    const { cache, dispatch, dialect, ...settings } = options
    super({ cache, dispatch })
    const { worker, connection } = splitOptions(settings)
    const module = dialectModule(dialect)
    // Never opened: it refuses bad options here, and not in the thread that begins with `connect`.
    const idle = new ServerConnection(
      { transport: new UdpTransport(), clock: systemClock, dialect },
      connection,
    )
    this.#connection = new BlockingConnection({ ...worker, connection, dialect: module }, idle.statistics, {
      onEvent: (event) => this.receive(event),
      onLost: (lost) => this.#reportLost(lost, worker.maxQueuedEvents),
    })
    this.#source = {
      dispatch: this.dispatch,
      now: systemClock.now,
      advance: (waitMs) => this.#connection.advance(waitMs),
      tellAll: () => this.#connection.poll(0),
    }
  }

  /** As of the last call or `poll`. */
  get state(): ConnectionState {
    return this.#connection.state
  }

  /** As of now, or of the last call when there is no connection. */
  get statistics(): SyncStatistics {
    return this.#connection.statistics
  }

  /** That the client has ended, and why: no reason after `close()`, the refusal at a reconnect, a worker's failure. */
  get closed(): { readonly reason: Error | undefined } | undefined {
    return this.#connection.ended
  }

  /**
   * Logs in, with patience; from then on the client comes back by itself. Gives itself, for `using`.
   *
   * @param port RConPort, not the game's port.
   * @throws {@link LoginRefusedError} when the password is refused, {@link LoginTimeoutError} when nobody answers
   * within `loginTimeoutMs`, {@link HostUnreachableError} when no login could be sent, {@link AlreadyConnectedError},
   * {@link ClosedError}, {@link WorkerFailedError}, {@link InvalidArgumentError}.
   */
  connect(host: string, port: number, password: string, options?: Pick<CallOptions, 'signal'>): this {
    refuseSignal(options)
    this.#refusal = undefined
    try {
      this.#connection.open({ host, port, password })
    } catch (error) {
      if (error instanceof LoginRefusedError) this.#refusal = error
      throw error
    }
    return this
  }

  /** Ends the connection and its thread at once; tells what has come until then. Does nothing a second time. */
  close(): void {
    this.#connection.close()
  }

  /** Closes it at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** @throws {@link InvalidArgumentError} for a `signal`: a thread that is blocked cannot be told to stop. */
  perform<T>(begin: () => Steps<T>, options: CallOptions = {}): T {
    refuseSignal(options)
    const { timeoutMs } = options
    if (timeoutMs === undefined)
      return performSync(begin, (request) => this.#connection.exchange(request, undefined))
    checkNumber('timeoutMs', timeoutMs, DURATION)
    // One deadline for all the commands that the operation takes.
    const deadline = systemClock.now() + timeoutMs
    return performSync(begin, (request) =>
      this.#connection.exchange(request, Math.max(0, deadline - systemClock.now())),
    )
  }

  /**
   * Tells listeners and the cache what has come since the last call; when nothing has, waits for something for so many
   * milliseconds. Gives the number of things told, 0 at once when there is no connection.
   *
   * @throws {@link WorkerFailedError}
   */
  poll(ms = 0): number {
    checkNumber('ms', ms, DURATION)
    return this.#connection.poll(ms)
  }

  /**
   * Waits for the next event with that name that passes the check. What came with an earlier call has been told by
   * then: to act and then wait, begin `events(name)` before you act.
   *
   * @throws {@link WaitTimeoutError} when it does not come in time; whatever the check throws; why there is no
   * connection, when there is none or it ends: {@link NotConnectedError}, {@link ClosedError},
   * {@link LoginRefusedError}, {@link WorkerFailedError}.
   */
  waitFor<Name extends EventName>(
    name: Name,
    options: SyncWaitOptions<RconEvents<'sync'>[Name]> & Pick<CallOptions, 'signal'> = {},
  ): RconEvents<'sync'>[Name] {
    refuseSignal(options)
    const { check, timeoutMs } = options
    for (const event of this.events(name, { timeoutMs })) {
      if (check === undefined || passes(check(event))) return event
    }
    if (timeoutMs === undefined || !this.isRunning()) throw this.#connection.endedError('waitFor')
    throw new WaitTimeoutError({ event: name, timeoutMs })
  }

  /**
   * Events from the moment of the call on, all of them or those with one name, for `for`; the loop waits for them. It
   * ends with the time or the connection; leaving it ends it.
   *
   * @throws {@link LoginRefusedError}, {@link WorkerFailedError} in the loop, when that is what ended the connection.
   * @example
   * ```ts
   * import { SyncRconClient } from '@bercon/sync'
   *
   * using client = new SyncRconClient().connect('127.0.0.1', 2302, 'hunter2')
   * for (const { name, message } of client.events('playerMessage', { timeoutMs: 1_000 })) console.log(name, message)
   * ```
   */
  events(options?: EventLoopOptions): EventLoop<AnyEvent>
  events<Name extends EventName>(name: Name, options?: EventLoopOptions): EventLoop<RconEvents<'sync'>[Name]>
  events(first?: EventName | EventLoopOptions, second: EventLoopOptions = {}): EventLoop<AnyEvent> {
    const names = typeof first === 'string' ? [first] : EVENT_NAMES
    const { timeoutMs = Number.POSITIVE_INFINITY, maxQueued = DEFAULT_MAX_QUEUED } =
      typeof first === 'object' ? first : second
    checkNumber('timeoutMs', timeoutMs, DURATION)
    checkNumber('maxQueued', maxQueued, COUNT)
    return new EventLoop<AnyEvent>(this.#source, names, { timeoutMs, maxQueued })
  }

  /**
   * Who joins and who leaves from the moment of the call on, each once, for `for`: by the lines, and by lists where lines
   * were missed. Those who were there before the first list give nothing.
   *
   * @throws as a loop over `events` does.
   */
  joinsAndLeaves(options?: EventLoopOptions): EventLoop<RconEvents<'sync'>['joinOrLeave']> {
    return this.events('joinOrLeave', options)
  }

  protected override get refusal(): LoginRefusedError | undefined {
    const reason = this.#connection.ended?.reason
    return reason instanceof LoginRefusedError ? reason : this.#refusal
  }

  protected override wallNow(): number {
    return systemClock.wallNow()
  }

  #reportLost(lost: number, maxQueued: number): void {
    const error = new EventsLostError({ event: 'connection', lost, maxQueued })
    this.dispatch.emit('error', { type: 'error', error, during: 'poll' })
  }
}

function refuseSignal({ signal }: Pick<CallOptions, 'signal'> = {}): void {
  if (signal === undefined) return
  throw new InvalidArgumentError(
    'signal',
    signal,
    'left out: a blocked thread cannot be aborted; use timeoutMs',
  )
}

function passes(outcome: unknown): boolean {
  if (typeof outcome === 'boolean') return outcome
  throw new InvalidArgumentError('check', outcome, 'a function that gives true or false, at once')
}
