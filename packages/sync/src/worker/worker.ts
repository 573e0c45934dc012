import { type MessagePort, workerData } from 'node:worker_threads'
import { systemClock, UdpTransport } from '@bercon/client'
import {
  type ConnectionOptions,
  type Dialect,
  errorToData,
  InvalidArgumentError,
  ServerConnection,
} from '@bercon/core'
import type { Answer, Failed, NumberedCall } from '../call.js'
import { ConnectionHost } from './connection-host.js'
import { EventQueue } from './event-queue.js'

/** What a worker is started with. Here, because declarations that users load must do without those of Node. */
export interface WorkerSettings {
  readonly port: MessagePort
  /** Counts up with everything that the worker has to say, and with each sign of life. */
  readonly signal: Int32Array
  readonly signOfLifeMs: number
  readonly maxQueuedEvents: number
  /** URL of the module of a dialect. */
  readonly dialect: string | undefined
  readonly connection: Partial<ConnectionOptions>
}

const settings: WorkerSettings = workerData
const { port, signal } = settings

function wake(): void {
  Atomics.add(signal, 0, 1)
  Atomics.notify(signal, 0)
}

function tell(said: Answer | Failed): void {
  port.postMessage(said)
  // Last, so that who wakes up finds it.
  wake()
}

// The caller's event loop, which would be told, stands still: so the worker itself tells how it ends.
process.on('uncaughtExceptionMonitor', (error) => tell({ failed: errorToData(error) }))
process.on('exit', () => tell({ failed: errorToData('it ended by itself') }))
setInterval(wake, settings.signOfLifeMs)

async function importDialect(url: string): Promise<Dialect> {
  const module: { readonly dialect?: Partial<Dialect> } = await import(url).catch((error: unknown) => {
    throw new InvalidArgumentError('dialect.module', url, `a module that can be imported (${error})`)
  })
  if (typeof module.dialect?.createSession !== 'function')
    throw new InvalidArgumentError('dialect.module', url, 'a module that exports a dialect as `dialect`')
  return module.dialect as Dialect
}

const dialect = settings.dialect === undefined ? undefined : await importDialect(settings.dialect)
const connection = new ServerConnection(
  { transport: new UdpTransport(), clock: systemClock, dialect },
  settings.connection,
)
const host = new ConnectionHost(connection, systemClock, new EventQueue(settings.maxQueuedEvents), tell)
port.on('message', (call: NumberedCall) => host.handle(call))
