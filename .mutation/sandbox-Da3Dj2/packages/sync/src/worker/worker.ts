// @ts-nocheck
import { type MessagePort, workerData } from 'node:worker_threads'
import { systemClock, UdpTransport } from '@bercon/client'
import { type ConnectionOptions, InvalidArgumentError } from '@bercon/core'
import { type Dialect, errorToData, ServerConnection } from '@bercon/core/kit'
import type { Answer, Failed, NumberedCall } from '../call.js'
import { ConnectionHost } from './connection-host.js'
import { EventQueue } from './event-queue.js'

/** Options to start a worker with. Here, because declarations that users load must compile without Node's. */
export interface WorkerSettings {
  readonly port: MessagePort
  /** Increases with every message of the worker, and with each sign of life. */
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

function report(said: Answer | Failed): void {
  port.postMessage(said)
  // Last, so that the caller finds the message when it wakes up.
  wake()
}

// The caller's event loop is blocked and would miss the exit event, so the worker itself reports how it ends.
process.on('uncaughtExceptionMonitor', (error) => report({ failed: errorToData(error) }))
process.on('exit', () => report({ failed: errorToData('it ended by itself') }))
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
      `The module of the dialect, ${url}, must export the dialect by the name "dialect"`,
    )
  return module.dialect as Dialect
}

function serve(dialect: Dialect | undefined): void {
  const connection = new ServerConnection(
    { transport: new UdpTransport(), clock: systemClock, dialect },
    settings.connection,
  )
  const queue = new EventQueue(settings.maxQueuedEvents)
  const host = new ConnectionHost(connection, systemClock, queue, report)
  port.on('message', (call: NumberedCall) => host.handle(call))
}

if (settings.dialect === undefined) serve(undefined)
else importDialect(settings.dialect).then(serve)
