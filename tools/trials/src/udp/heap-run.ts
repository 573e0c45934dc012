import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'
import { runReconnectTrial } from '../reconnect-trial.js'

/** The result of many reconnects. */
export interface HeapRunResult {
  readonly good: boolean
  readonly logins: number
  /** Growth of the heap after a collection from the first quarter to the end, in KB. */
  readonly growthKb: number
}

// A session that is not released takes 8 KB. The runtime itself takes about 400 KB over the first thousand, and no more
// afterwards.
const MOST_KB_A_RECONNECT = 1

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('Run with --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

/** A thousand reconnects in virtual time. */
export async function runVirtualReconnects(): Promise<HeapRunResult> {
  const reconnects = 1_000
  const heap: number[] = []
  const { logins, timersLeft, socketsLeft } = await runReconnectTrial(reconnects, () =>
    heap.push(heapBytes()),
  )
  const growthKb = growth(heap)
  const isFlat = growthKb < reconnects * MOST_KB_A_RECONNECT
  return { good: isFlat && logins === reconnects + 1 && timersLeft + socketsLeft === 0, logins, growthKb }
}

/** A hundred over UDP. */
export async function runUdpReconnects(): Promise<HeapRunResult> {
  const reconnects = 100
  const password = 'hunter2'
  const simulator = await startSimulator({ password, bots: false })
  const client = new AsyncRconClient({
    reconnectDelayMs: 10,
    maxReconnectDelayMs: 10,
    forgottenAfterPackets: 3,
    forgottenAfterMs: 20,
    keepAliveMs: 50,
    minResendIntervalMs: 5,
  })
  await client.connect('127.0.0.1', simulator.port, password)
  const heap: number[] = []
  for (let reconnect = 0; reconnect < reconnects; reconnect++) {
    const back = client.waitFor('connect')
    for (const peer of simulator.server.peers) simulator.server.disconnect(peer)
    await back
    heap.push(heapBytes())
  }
  const { logins } = client.statistics
  await client.close()
  await simulator.close()
  const growthKb = growth(heap)
  return { good: growthKb < reconnects * MOST_KB_A_RECONNECT && logins === reconnects + 1, logins, growthKb }
}

function growth(heap: readonly number[]): number {
  // Until then the runtime compiles code that runs for the first time.
  const warm = heap[Math.floor(heap.length / 4)] ?? 0
  return Math.round(((heap.at(-1) ?? 0) - warm) / 1_000)
}
