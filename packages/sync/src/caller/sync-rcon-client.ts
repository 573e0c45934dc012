import { systemClock } from '@bercon/client'
import {
  ANY_DURATION,
  type CallOptions,
  type CommandRequest,
  checkNumber,
  EVENTS,
  type EventName,
  EventsLostError,
  InvalidArgumentError,
  RconClient,
  type RconEvents,
  SOME_COUNT,
  type Steps,
  type WaitOptions,
  WaitTimeoutError,
} from '@bercon/core'
import { BlockingConnection } from './blocking-connection.js'
import { DEFAULT_MAX_QUEUED, EventLoop, type EventLoopOptions, type EventSource } from './event-loop.js'
import { type SyncRconClientOptions, takeApart } from './sync-options.js'

/** Every event but `rawEvent`, which would repeat each of a connection's. */
export type AnyEvent = RconEvents<'sync'>[Exclude<EventName, 'rawEvent'>]

const ALL_NAMES: readonly EventName[] = (Object.keys(EVENTS) as EventName[]).filter(
  (name) => name !== 'rawEvent',
)

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
export class SyncRconClient extends RconClient<'sync', BlockingConnection> implements Disposable {
  readonly kind = 'sync'
  readonly #source: EventSource

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: SyncRconClientOptions = {}) {
    const { cache, dispatch, thread } = takeApart(options)
    const connection = new BlockingConnection(thread, (lost) => {
      const error = new EventsLostError({ event: 'connection', lost, maxQueued: thread.maxQueuedEvents })
      dispatch.emit('error', { type: 'error', error, during: 'poll' })
    })
    super({ connection, clock: systemClock, cache, dispatch })
    this.#source = {
      dispatch,
      now: systemClock.now,
      advance: (waitMs) => connection.advance(waitMs),
      tellAll: () => connection.poll(0),
    }
  }

  /** That the client has ended, and why: no reason after `close()`, the refusal at a reconnect, a worker's failure. */
  get closed(): { readonly reason: Error | undefined } | undefined {
    return this.connection.ended
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
    this.connection.open({ host, port, password })
    return this
  }

  /** Ends the connection and its thread at once; tells what has come until then. Does nothing a second time. */
  close(): void {
    this.connection.close()
  }

  /** Closes it at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** @throws {@link InvalidArgumentError} for a `signal`: a thread that is blocked cannot be told to stop. */
  perform<T>(begin: () => Steps<T>, options?: CallOptions): T {
    refuseSignal(options)
    return performSync(begin, this.exchanging(options))
  }

  /**
   * Tells listeners and the cache what has come since the last call; when nothing has, waits for something for so many
   * milliseconds. Gives the number of things told, 0 at once when there is no connection.
   *
   * @throws {@link WorkerFailedError}
   */
  poll(ms = 0): number {
    checkNumber('ms', ms, ANY_DURATION)
    return this.connection.poll(ms)
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
    if (timeoutMs === undefined || !this.isRunning()) throw this.connection.endedError('waitFor')
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
    const names = typeof first === 'string' ? [first] : ALL_NAMES
    const { timeoutMs = Number.POSITIVE_INFINITY, maxQueued = DEFAULT_MAX_QUEUED } =
      typeof first === 'object' ? first : second
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    checkNumber('maxQueued', maxQueued, SOME_COUNT)
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

/** Carries an operation out by exchanges that block. */
function performSync<T>(begin: () => Steps<T>, exchange: (request: CommandRequest) => string): T {
  const steps = begin()
  let step = steps.next()
  while (!step.done) {
    let reply: string
    try {
      reply = exchange(step.value)
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(reply)
  }
  return step.value
}
