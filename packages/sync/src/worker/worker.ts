import { type MessagePort, workerData } from 'node:worker_threads'
import { systemClock, UdpTransport } from '@bercon/client'
import { type ConnectionOptions, InvalidArgumentError } from '@bercon/core'
import { type Dialect, errorToData, ServerConnection } from '@bercon/core/kit'
import { hostMessages } from '@bercon/remote/wire'
import { type Asked, DEMAND_AT, type Said, SIGNAL_AT } from '../call.js'
import { ThreadCarrier } from './thread-carrier.js'

/** Limit for the texts of all waiting events together: whatever the size of each, memory is bounded. */
const MAX_QUEUED_CHARACTERS = 64 * 1_024 * 1_024

/** Options to start a worker with. Here, because declarations that users load must compile without Node's. */
export interface WorkerSettings {
  readonly port: MessagePort
  /** What both threads share: see `SIGNAL_AT`, which also increases with each sign of life, and `DEMAND_AT`. */
  readonly shared: Int32Array
  readonly signOfLifeMs: number
  readonly maxQueuedEvents: number
  /** URL of the module of a dialect. */
  readonly dialect: string | undefined
  readonly connection: Partial<ConnectionOptions>
}

const settings: WorkerSettings = workerData
const { port, shared } = settings

function wake(): void {
  Atomics.add(shared, SIGNAL_AT, 1)
  Atomics.notify(shared, SIGNAL_AT)
}

function post(said: Said): void {
  port.postMessage(said)
  // Last, so that the caller finds the message when it wakes up.
  wake()
}

function fail(reason: unknown): void {
  post([0, { type: 'close', error: errorToData(reason) }])
}

// The caller's event loop is blocked and would miss the exit event, so the worker itself reports how it ends.
process.on('uncaughtExceptionMonitor', fail)
process.on('exit', () => fail('it ended by itself'))
setInterval(wake, settings.signOfLifeMs)

async function importDialect(url: string): Promise<Dialect> {
  const module: { readonly dialect?: Partial<Dialect> } = await import(url).catch((error: unknown) => {
    throw new InvalidArgumentError(
      'dialect.module',
      url,
      'a module that can be imported',
      `The module of the dialect could not be imported (${error}); check its property "module"`,
    )
  })
  if (typeof module.dialect?.createSession !== 'function')
    throw new InvalidArgumentError(
      'dialect.module',
      url,
      'a module that exports a dialect as `dialect`',
      `The module of the dialect, "${url}", must export the dialect by the name "dialect"`,
    )
  return module.dialect as Dialect
}

function serve(dialect: Dialect | undefined): void {
  const connection = new ServerConnection(
    { transport: new UdpTransport(), clock: systemClock, dialect },
    settings.connection,
  )
  const carrier = new ThreadCarrier(post, () => Atomics.load(shared, DEMAND_AT))
  const limits = {
    maxQueuedEvents: settings.maxQueuedEvents,
    maxQueuedCharacters: MAX_QUEUED_CHARACTERS,
    silenceMs: Number.POSITIVE_INFINITY,
    statisticsIntervalMs: Number.POSITIVE_INFINITY,
  }
  hostMessages(connection, carrier, { control: true, limits, clock: systemClock })
  port.on('message', (asked: Asked) => carrier.receive(asked))
}

if (settings.dialect === undefined) serve(undefined)
else importDialect(settings.dialect).then(serve)
