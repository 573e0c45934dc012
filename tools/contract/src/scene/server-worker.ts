import { parentPort } from 'node:worker_threads'
import type { Call, Outcome } from './remote-server.js'
import { SimulatedServer } from './simulated-server.js'

const server = new SimulatedServer()

parentPort?.on('message', async ({ id, method, args }: Call) => {
  const run = server[method] as (...args: readonly unknown[]) => unknown
  const outcome = await Promise.resolve()
    .then(() => run.call(server, ...args))
    .then(
      (value): Outcome => ({ id, value }),
      (error: unknown): Outcome => ({ id, error }),
    )
  parentPort?.postMessage(outcome)
})
