import { AsyncRconClient, type RconError } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'
import { percentiles } from '../report.js'
import { playersAgree } from './players-agree.js'
import { UdpProxy } from './udp-proxy.js'

/** Options of a run with messages over UDP. */
export interface MessageRunOptions {
  readonly seed: number
  readonly loss: number
  readonly durationMs: number
  /** Whether logins over this link last long enough to expect the client to be logged in and correct at the end. */
  readonly isBearable: boolean
}

/** The result of the run. */
export interface MessageRunResult {
  readonly good: boolean
  readonly commands: number
  readonly answered: number
  /** Failures by code; every command settled. */
  readonly failures: Readonly<Record<string, number>>
  readonly messages: number
  /** Messages that arrived twice within one login. */
  readonly doubled: number
  readonly logins: number
  /** Logins lost because the server forgot the client (P9). */
  readonly lost: number
  /** Whether the client logged in again after the last loss. */
  readonly isBack: boolean
  readonly cacheIsRight: boolean
  readonly answerMs: Readonly<Record<string, number>>
}

/** A game with a message every 100 ms and twenty commands a second, on a server that follows P9. */
export async function runMessages(options: MessageRunOptions): Promise<MessageRunResult> {
  const { seed, loss, durationMs, isBearable } = options
  const password = 'hunter2'
  const simulator = await startSimulator({
    password,
    seed,
    joinIntervalMs: 2_000,
    stayMs: 30_000,
    hostileNames: true,
    recognizeRepeats: true,
  })
  const proxy = new UdpProxy(simulator.port, { seed, loss, repeat: 0.05, minDelayMs: 1, maxDelayMs: 10 })
  const client = new AsyncRconClient({ reconnectDelayMs: 100 })
  const times: number[] = []
  const failures: Record<string, number> = {}
  const numbers = new Set<number>()
  let doubled = 0
  let lost = 0
  let messages = 0
  let commands = 0
  let pending: Promise<unknown>[] = []
  client.listen('connect', () => numbers.clear())
  client.listen('disconnect', () => lost++)
  client.listen('message', ({ number }) => {
    messages++
    if (numbers.has(number)) doubled++
    numbers.add(number)
  })
  const talk = setInterval(() => simulator.world.emit('(Global) Ticker: tick'), 100)
  const ask = setInterval(() => {
    commands++
    const start = performance.now()
    const asked = client.sendCommand('version', { resend: true }).then(
      () => times.push(performance.now() - start),
      (error: RconError) => {
        failures[error.code] = (failures[error.code] ?? 0) + 1
      },
    )
    pending.push(asked)
    if (pending.length > 1_000) pending = pending.slice(-600)
  }, 50)
  try {
    await client.connect('127.0.0.1', await proxy.listen(), password)
    await new Promise((resolve) => setTimeout(resolve, durationMs))
    clearInterval(talk)
    clearInterval(ask)
    await Promise.all(pending)
    await client.fetchPlayers({ timeoutMs: 120_000 })
    const cacheIsRight = await playersAgree(client, simulator.world)
    if (!client.isConnected()) await client.waitFor('connect', { timeoutMs: 60_000 }).catch(() => {})
    const { logins } = client.statistics
    const isBack = client.isConnected() && logins === lost + 1
    const allSettled = times.length + count(failures) === commands
    const good = doubled === 0 && allSettled && (!isBearable || (isBack && cacheIsRight))
    return {
      good,
      commands,
      answered: times.length,
      failures,
      messages,
      doubled,
      logins,
      lost,
      isBack,
      cacheIsRight,
      answerMs: percentiles(times),
    }
  } finally {
    clearInterval(talk)
    clearInterval(ask)
    await client.close()
    proxy.close()
    await simulator.close()
  }
}

function count(failures: Readonly<Record<string, number>>): number {
  return Object.values(failures).reduce((sum, n) => sum + n, 0)
}
