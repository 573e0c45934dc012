import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AsyncRconClient } from '@bercon/client'
import { SyncRconClient } from '@bercon/sync'
import type { Figure } from './rounds.js'
import { median } from './rounds.js'

const ROUNDS = 9
const CALLS = 2_000
const STARTS = 7
const TEXT = 'say -1 the server restarts in 5 minutes!'
const PASSWORD = 'hunter2'

/**
 * A blocking call compared to the same call of the promise client, one at a time; the server runs in another process.
 */
export async function syncBench(): Promise<readonly Figure[]> {
  const server = fork(new URL('./udp-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const promise = await new AsyncRconClient().connect('127.0.0.1', port, PASSWORD)
  const blocking = new SyncRconClient().connect('127.0.0.1', port, PASSWORD)
  const rounds = []
  // The first round is a warm-up.
  for (let round = 0; round <= ROUNDS; round++)
    rounds.push({ promise: await promiseCallUs(promise), blocking: blockingCallUs(blocking) })
  const measured = rounds.slice(1)
  const ratios = measured.map((round) => round.blocking / round.promise).sort((a, b) => a - b)
  await promise.close()
  blocking.close()
  const starts = []
  for (let start = 0; start < STARTS; start++)
    starts.push({ promise: await promiseStartMs(port), blocking: blockingStartMs(port) })
  server.disconnect()
  const unit = "of the promise client's"
  return [
    { what: 'a blocking call', figure: median(ratios), unit, goal: 'at most 1.35' },
    { what: 'a blocking call, its best round', figure: ratios[0] ?? Number.NaN, unit },
    { what: 'a blocking call, its worst round', figure: ratios.at(-1) ?? Number.NaN, unit },
    {
      what: "a promise client's call",
      figure: median(measured.map((round) => round.promise)),
      unit: 'µs',
    },
    {
      what: 'a blocking client from new to a login',
      figure: median(starts.map((start) => start.blocking)),
      unit: 'ms',
    },
    {
      what: 'a promise client from new to a login',
      figure: median(starts.map((start) => start.promise)),
      unit: 'ms',
    },
  ]
}

async function promiseCallUs(client: AsyncRconClient): Promise<number> {
  const start = performance.now()
  for (let call = 0; call < CALLS; call++) await client.sendCommand(TEXT)
  return ((performance.now() - start) * 1_000) / CALLS
}

function blockingCallUs(client: SyncRconClient): number {
  const start = performance.now()
  for (let call = 0; call < CALLS; call++) client.sendCommand(TEXT)
  return ((performance.now() - start) * 1_000) / CALLS
}

async function promiseStartMs(port: number): Promise<number> {
  const start = performance.now()
  const client = await new AsyncRconClient().connect('127.0.0.1', port, PASSWORD)
  const ms = performance.now() - start
  await client.close()
  return ms
}

function blockingStartMs(port: number): number {
  const start = performance.now()
  const client = new SyncRconClient().connect('127.0.0.1', port, PASSWORD)
  const ms = performance.now() - start
  client.close()
  return ms
}
