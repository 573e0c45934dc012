// @ts-nocheck
import {
  type ClientCache,
  CONNECTION_DEFAULTS,
  type ConnectionOptions,
  EventDispatcher,
  InvalidArgumentError,
  type RconEvents,
} from '@bercon/core'
import {
  battleye,
  type ClientExtras,
  checkMethods,
  checkNames,
  checkOptions,
  connectionOptions,
  type Dialect,
} from '@bercon/core/kit'
import type { ThreadOptions } from './connection-thread.js'

/** Options of the worker of a blocking client. */
export interface WorkerOptions {
  /**
   * Events that the worker keeps between two calls, from 1 to 1,000,000. Beyond it, or beyond 64 Mi characters, the
   * oldest are dropped: `statistics.lostEvents` counts them, and the next call emits an `error` event.
   * @default 10000
   */
  readonly maxQueuedEvents: number
  /**
   * How long the worker may be silent during a call before it counts as failed, in ms, from 100. A healthy worker shows a
   * sign of life at least once a second.
   * @default 10000
   */
  readonly workerTimeoutMs: number
}

/** Defaults of {@link WorkerOptions}. */
export const WORKER_DEFAULTS: WorkerOptions = {
  maxQueuedEvents: 10_000,
  workerTimeoutMs: 10_000,
}

const OPTION_NAMES: readonly string[] = [
  ...Object.keys(CONNECTION_DEFAULTS),
  ...Object.keys(WORKER_DEFAULTS),
  ...['cache', 'dispatch', 'dialect'],
]

const RANGES = {
  maxQueuedEvents: { min: 1, max: 1_000_000, integer: true },
  workerTimeoutMs: { min: 100, max: Number.POSITIVE_INFINITY },
} as const

/** Options of a blocking client; each has a default. */
export interface SyncRconClientOptions
  extends Partial<ConnectionOptions>,
    Partial<WorkerOptions>,
    ClientExtras<'sync'> {
  /**
   * A dialect that names its module, which the worker imports: functions cannot cross threads.
   * @default battleye
   */
  readonly dialect?: Dialect | undefined
}

/**
 * Splits the options into those of the client and those of its thread. They are checked here, and not in the thread,
 * which starts with `connect`.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range or unknown.
 */
export function takeApart(options: SyncRconClientOptions): {
  readonly cache: ClientCache | undefined
  readonly dispatch: EventDispatcher<RconEvents<'sync'>>
  readonly thread: ThreadOptions
} {
  checkNames(options, OPTION_NAMES)
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

/** The module to import for a dialect, `undefined` for BattlEye's own. @throws {@link InvalidArgumentError} without one. */
function dialectModule(dialect: Dialect | undefined): string | undefined {
  if (dialect === undefined) return undefined
  checkMethods('dialect', dialect, ['createSession'])
  if (dialect.name === battleye.name) return undefined
  if (dialect.module === undefined)
    throw new InvalidArgumentError(
      'dialect',
      dialect.name,
      'a dialect that names its module',
      'dialect must name the module that exports it, because a worker thread imports it; set its property "module"',
    )
  return dialect.module
}
