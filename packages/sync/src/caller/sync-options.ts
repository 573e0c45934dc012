import {
  battleye,
  type ClientCache,
  type ClientExtras,
  type ConnectionOptions,
  checkOptions,
  connectionOptions,
  type Dialect,
  EventDispatcher,
  InvalidArgumentError,
  type RconEvents,
} from '@bercon/core'
import type { ThreadOptions } from './connection-thread.js'

/** How the worker of a blocking client behaves. */
export interface WorkerOptions {
  /**
   * Events that the worker keeps between two calls, from 1 to 1,000,000. Beyond it, or beyond 64 Mi characters, the
   * oldest go: `statistics.lostEvents` counts them, and an `error` event says so at the next call.
   * @default 10000
   */
  readonly maxQueuedEvents: number
  /**
   * How long the worker may be silent while a call waits for it before it counts as failed, in ms, from 100. A worker
   * that works gives a sign of life at least once a second.
   * @default 10000
   */
  readonly workerTimeoutMs: number
}

/** What a worker does unless told otherwise. */
export const WORKER_DEFAULTS: WorkerOptions = {
  maxQueuedEvents: 10_000,
  workerTimeoutMs: 10_000,
}

const RANGES = {
  maxQueuedEvents: { min: 1, max: 1_000_000, integer: true },
  workerTimeoutMs: { min: 100, max: Number.POSITIVE_INFINITY },
} as const

/** What a blocking client is made with; every part has a default. */
export interface SyncRconClientOptions
  extends Partial<ConnectionOptions>,
    Partial<WorkerOptions>,
    ClientExtras<'sync'> {
  /**
   * One that names its module, which the worker imports: no function crosses a thread.
   * @default battleye
   */
  readonly dialect?: Dialect | undefined
}

/**
 * What the options come down to: what the client keeps, and what its thread is started with. They are checked here, and
 * not in the thread, which begins with `connect`.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range or unknown.
 */
export function takeApart(options: SyncRconClientOptions): {
  readonly cache: ClientCache | undefined
  readonly dispatch: EventDispatcher<RconEvents<'sync'>>
  readonly thread: ThreadOptions
} {
  const { cache, dispatch, dialect, maxQueuedEvents, workerTimeoutMs, ...connection } = options
  const worker = checkOptions({ maxQueuedEvents, workerTimeoutMs }, WORKER_DEFAULTS, RANGES)
  const module = dialectModule(dialect)
  connectionOptions(connection)
  return {
    cache,
    dispatch: dispatch ?? new EventDispatcher(),
    thread: { ...worker, dialect: module, connection },
  }
}

/** The module to import for a dialect, nothing for BattlEye's own. @throws {@link InvalidArgumentError} without one. */
function dialectModule(dialect: Dialect | undefined): string | undefined {
  if (dialect === undefined || dialect.name === battleye.name) return undefined
  if (dialect.module === undefined)
    throw new InvalidArgumentError('dialect', dialect.name, 'one that names its module: a worker imports it')
  return dialect.module
}
