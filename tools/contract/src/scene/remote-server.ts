import { Worker } from 'node:worker_threads'
import type { SimulatedServer } from './simulated-server.js'

/** A `SimulatedServer` in another thread: each call is a promise. */
export type RemoteServer = {
  readonly [Name in keyof SimulatedServer]: (
    ...args: Parameters<SimulatedServer[Name]>
  ) => Promise<Awaited<ReturnType<SimulatedServer[Name]>>>
}

/** The message that crosses the threads. */
export interface Call {
  readonly id: number
  readonly method: keyof SimulatedServer
  readonly args: readonly unknown[]
}

export interface Outcome {
  readonly id: number
  readonly value?: unknown
  readonly error?: unknown
}

/** The thread of the server, so that a blocking client does not wait for itself. */
export interface ServerThread {
  readonly server: RemoteServer
  end(): Promise<void>
}

type Settle = (outcome: Outcome) => void

export function startServerThread(): ServerThread {
  const worker = new Worker(new URL('./server-worker.js', import.meta.url))
  const waiting = new Map<number, Settle>()
  let lastId = 0
  worker.on('message', (outcome: Outcome) => {
    waiting.get(outcome.id)?.(outcome)
    waiting.delete(outcome.id)
  })
  const call = (method: Call['method'], args: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(error)))
      worker.postMessage({ id, method, args } satisfies Call)
    })
  const server = new Proxy({} as RemoteServer, {
    get:
      (_, method) =>
      (...args: readonly unknown[]) =>
        call(method as Call['method'], args),
  })
  return {
    server,
    end: async () => {
      await call('stop', [])
      await worker.terminate()
    },
  }
}
