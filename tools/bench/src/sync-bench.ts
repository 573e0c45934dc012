import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AsyncRconClient } from '@bercon/client'
import { SyncRconClient } from '@bercon/sync'
import { median } from './rounds.js'

const ROUNDS = 9
const CALLS = 2_000
const STARTS = 7
const TEXT = 'say -1 the server restarts in 5 minutes!'
const PASSWORD = 'hunter2'

/** A blocking call beside the same call of the promise client, one at a time; the server in another process. */
export async function syncBench(): Promise<void> {
  const server = fork(new URL('./udp-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const promise = await new AsyncRconClient().connect('127.0.0.1', port, PASSWORD)
  const blocking = new SyncRconClient().connect('127.0.0.1', port, PASSWORD)
  const rounds = []
  // The first round is for warming up.
  for (let round = 0; round <= ROUNDS; round++)
    rounds.push({ promise: await promiseCallUs(promise), blocking: blockingCallUs(blocking) })
  const measured = rounds.slice(1)
  const ratios = measured.map((round) => round.blocking / round.promise).sort((a, b) => a - b)
  console.log(`\nA blocking call, the server in another process: median of ${ROUNDS} interleaved rounds`)
  console.table([
    {
      'promise µs': rounded(median(measured.map((round) => round.promise))),
      'blocking µs': rounded(median(measured.map((round) => round.blocking))),
      ratio: rounded(median(ratios)),
      'least ratio': rounded(ratios[0] ?? Number.NaN),
      'greatest ratio': rounded(ratios.at(-1) ?? Number.NaN),
    },
  ])
  await promise.close()
  blocking.close()
  const starts = []
  for (let start = 0; start < STARTS; start++)
    starts.push({ promise: await promiseStartMs(port), blocking: blockingStartMs(port) })
  console.log(`From new to a login, in ms: median of ${STARTS} interleaved starts`)
  console.table([
    {
      promise: rounded(median(starts.map((start) => start.promise))),
      blocking: rounded(median(starts.map((start) => start.blocking))),
    },
  ])
  server.disconnect()
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

function rounded(value: number): number {
  return Number(value.toFixed(2))
}
