import { systemClock } from '@bercon/client'
import {
  Ban as AnyBan,
  Player as AnyPlayer,
  type CallOptions,
  EVENTS,
  type EventName,
  EventsLostError,
  InvalidArgumentError,
  RconClient,
  type RconEvents,
  type Steps,
  type WaitOptions,
  WaitTimeoutError,
} from '@bercon/core'
import { ANY_DURATION, type CommandRequest, checkNames, checkNumber, SOME_COUNT } from '@bercon/core/kit'
import { BlockingConnection } from './blocking-connection.js'
import { DEFAULT_MAX_QUEUED, EventLoop, type EventLoopOptions, type EventSource } from './event-loop.js'
import { type SyncRconClientOptions, takeApart } from './sync-options.js'

/** Every event except `rawEvent`, which repeats those of the connection. */
export type AnyEvent = RconEvents<'sync'>[Exclude<EventName, 'rawEvent'>]

const ALL_NAMES: readonly EventName[] = (Object.keys(EVENTS) as EventName[]).filter(
  (name) => name !== 'rawEvent',
)

/** Options of {@link SyncRconClient.waitFor}. */
export interface SyncWaitOptions<Event> extends Pick<WaitOptions<Event>, 'timeoutMs'> {
  /**
   * Returns whether this is the awaited event; an error in it ends the wait.
   * @default every event
   */
  readonly check?: ((event: Event) => boolean) | undefined
}

/**
 * A client whose calls block until they have their value. Its connection lives in a worker thread, which keeps the login
 * while the caller is busy; each call updates the cache and calls the listeners.
 *
 * @example
 * ```ts
 * import { SyncRconClient } from '@bercon/sync'
 *
 * using client = new SyncRconClient().connect('127.0.0.1', 2306, 'hunter2')
 * for (const player of client.fetchPlayers()) console.log(player.id, player.name, player.ping)
 * ```
 */
export class SyncRconClient extends RconClient<'sync', BlockingConnection> implements Disposable {
  readonly kind = 'sync'
  readonly #source: Omit<EventSource, 'isOver'>

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

  /** Set once the client has ended, with the reason: none after `close()`, a refused reconnect, or a failed worker. */
  get closed(): { readonly reason: Error | undefined } | undefined {
    return this.connection.ended
  }

  /**
   * Logs in, retrying until `loginTimeoutMs`; after that the client reconnects on its own. Returns the client, for `using`.
   *
   * @param port RConPort, not the game's port.
   * @throws {@link LoginRefusedError} if the password is refused, {@link LoginTimeoutError} if no answer arrives
   * within `loginTimeoutMs`, {@link HostUnreachableError} if no login could be sent, {@link AlreadyConnectedError},
   * {@link WorkerFailedError}, {@link InvalidArgumentError}.
   */
  connect(host: string, port: number, password: string, options?: Pick<CallOptions, 'signal'>): this {
    refuseSignal(options)
    checkNames(options ?? {}, [])
    this.connection.open({ host, port, password })
    return this
  }

  /** Closes the connection and its thread at once, after delivering waiting events. A second call is a no-op. */
  close(): void {
    this.connection.close()
  }

  /** Closes the client at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** @throws {@link InvalidArgumentError} for a `signal`: it cannot reach a blocked thread. */
  perform<T>(begin: () => Steps<T>, options?: CallOptions): T {
    refuseSignal(options)
    return performSync(begin, this.exchanging(options))
  }

  /**
   * Delivers the events since the last call to the cache and the listeners; if there are none, waits for one for that
   * many milliseconds. Returns the number of events delivered; 0 at once if there is no connection.
   *
   * @throws {@link WorkerFailedError}
   */
  poll(ms = 0): number {
    checkNumber('ms', ms, ANY_DURATION)
    return this.connection.poll(ms)
  }

  /**
   * Waits for the next event with that name that passes the check. Events that arrived with an earlier call are past: to
   * act and then wait, start `events(name)` before you act.
   *
   * @throws {@link WaitTimeoutError} if none arrives in time; an error thrown by the check; the reason if there is no
   * connection or it ends: {@link NotConnectedError}, {@link ClosedError},
   * {@link LoginRefusedError}, {@link WorkerFailedError}.
   */
  waitFor<Name extends EventName>(
    name: Name,
    options: SyncWaitOptions<RconEvents<'sync'>[Name]> & Pick<CallOptions, 'signal'> = {},
  ): RconEvents<'sync'>[Name] {
    refuseSignal(options)
    checkNames(options, ['check', 'timeoutMs'])
    const { check, timeoutMs } = options
    for (const event of this.events(name, { timeoutMs })) {
      if (check === undefined || passes(check(event))) return event
    }
    if (timeoutMs === undefined || !this.isRunning()) throw this.connection.endedError('waitFor')
    throw new WaitTimeoutError({ event: name, timeoutMs })
  }

  /**
   * Returns a `for` loop over events from the call on, all of them or those with one name; the loop waits for them. It
   * ends with the time or the connection, or when you leave it.
   *
   * @throws {@link LoginRefusedError}, {@link WorkerFailedError} in the loop, if that ended the connection.
   * @example
   * ```ts
   * import { SyncRconClient } from '@bercon/sync'
   *
   * using client = new SyncRconClient().connect('127.0.0.1', 2306, 'hunter2')
   * for (const { name, message } of client.events('playerMessage', { timeoutMs: 1_000 })) console.log(name, message)
   * ```
   */
  events(options?: EventLoopOptions): EventLoop<AnyEvent>
  events<Name extends EventName>(name: Name, options?: EventLoopOptions): EventLoop<RconEvents<'sync'>[Name]>
  events(first?: EventName | EventLoopOptions, second: EventLoopOptions = {}): EventLoop<AnyEvent> {
    const names = typeof first === 'string' ? [first] : ALL_NAMES
    const options = typeof first === 'object' ? first : second
    checkNames(options, ['timeoutMs', 'maxQueued'])
    const { timeoutMs = Number.POSITIVE_INFINITY, maxQueued = DEFAULT_MAX_QUEUED } = options
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    checkNumber('maxQueued', maxQueued, SOME_COUNT)
    const { connection } = this
    const { life } = connection
    const isOver = () => connection.life !== life
    return new EventLoop<AnyEvent>({ ...this.#source, isOver }, names, { timeoutMs, maxQueued })
  }

  /**
   * Returns a `for` loop over joins and leaves from the call on, each once: from the server's lines, and from lists where
   * lines were missed. Players who were there before the first list are not reported.
   *
   * @throws like a loop over `events`.
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
    'undefined',
    'signal cannot reach a thread that is blocked; use timeoutMs instead',
  )
}

function passes(outcome: unknown): boolean {
  if (typeof outcome === 'boolean') return outcome
  throw new InvalidArgumentError(
    'check',
    outcome,
    'a function that returns true or false at once',
    'check must return true or false at once, not a promise or another value',
  )
}

/** Runs an operation with blocking exchanges. */
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

/** A player as `SyncRconClient` returns them: what they do returns values. */
export type Player = AnyPlayer<'sync'>
/** The class of every such player, for `instanceof`. */
export const Player: typeof AnyPlayer<'sync'> = AnyPlayer

/** A ban as `SyncRconClient` returns it; a class of your own extends it, see `fetchBans`. */
export type Ban = AnyBan<'sync'>
/** The class of every such ban, to extend. */
export const Ban: typeof AnyBan<'sync'> = AnyBan
