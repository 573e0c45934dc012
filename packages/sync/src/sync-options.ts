import {
  battleye,
  type ClientParts,
  type ConnectionOptions,
  checkOptions,
  type Dialect,
  InvalidArgumentError,
} from '@bercon/core'

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
  readonly workerPatienceMs: number
}

/** What a worker does unless told otherwise. */
export const WORKER_DEFAULTS: WorkerOptions = {
  maxQueuedEvents: 10_000,
  workerPatienceMs: 10_000,
}

const RANGES = {
  maxQueuedEvents: { min: 1, max: 1_000_000, whole: true },
  workerPatienceMs: { min: 100, max: Number.POSITIVE_INFINITY },
} as const

/** What a blocking client is made with; every part has a default. */
export interface SyncRconClientOptions
  extends Partial<ConnectionOptions>,
    Partial<WorkerOptions>,
    ClientParts<'sync'> {
  /**
   * One that names its module, which the worker imports: no function crosses a thread.
   * @default battleye
   */
  readonly dialect?: Dialect | undefined
}

/**
 * What is for the worker, checked, and what is for the connection, which checks it itself.
 *
 * @throws {@link InvalidArgumentError} naming the option.
 */
export function splitOptions(given: Partial<WorkerOptions & ConnectionOptions>): {
  readonly worker: WorkerOptions
  readonly connection: Partial<ConnectionOptions>
} {
  const entries = Object.entries(given)
  const worker = Object.fromEntries(entries.filter(([name]) => Object.hasOwn(WORKER_DEFAULTS, name)))
  const connection = Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(WORKER_DEFAULTS, name)))
  return { worker: checkOptions(worker, WORKER_DEFAULTS, RANGES), connection }
}

/** The module to import for a dialect, nothing for BattlEye's own. @throws {@link InvalidArgumentError} without one. */
export function dialectModule(dialect: Dialect | undefined): string | undefined {
  if (dialect === undefined || dialect.name === battleye.name) return undefined
  if (dialect.module === undefined)
    throw new InvalidArgumentError('dialect', dialect.name, 'one that names its module: a worker imports it')
  return dialect.module
}
