import { AsyncRconClient, type RconError } from '@bercon/client'
import { createRandom } from '@bercon/protocol/link'
import { SimulatorServer } from '@bercon/simulator'
import { CountingWorld } from './counting-world.js'
import { playersAgree } from './players-agree.js'

/** Options of a run of restarts. */
export interface RestartRunOptions {
  readonly seed: number
  readonly restarts: number
}

/** The result of the run. */
export interface RestartRunResult {
  readonly good: boolean
  readonly commands: number
  readonly answered: number
  readonly failures: Readonly<Record<string, number>>
  readonly logins: number
  /** Crashes during a login or a back-off. */
  readonly crashesWhileAway: number
  /** The longest time from the server's return to the next login, in ms. */
  readonly longestReturnMs: number
  /** Commands that may be sent only once, but were executed twice. */
  readonly executedAgain: number
  readonly cacheIsRight: boolean
  readonly listeners: number
  /** Sockets and timers left after `close()`, beyond those before. */
  readonly leftOpen: readonly string[]
}

const MAX_RECONNECT_DELAY_MS = 2_000
const LOGIN_TIMEOUT_MS = 2_000
const DOWN_MS = 3_000

/** A server that goes away for some seconds and forgets every client, at random times, with fifty commands a second. */
export async function runRestarts(options: RestartRunOptions): Promise<RestartRunResult> {
  const { seed, restarts } = options
  const random = createRandom(seed)
  const password = 'hunter2'
  const before = process.getActiveResourcesInfo()
  const world = new CountingWorld({ seed, joinIntervalMs: 1_000, stayMs: 20_000 }, performance.now())
  const simulator = new SimulatorServer({ password, world })
  const { port } = await simulator.listen()
  // Short timeouts for silence, so that ten restarts fit into a minute or two.
  const client = new AsyncRconClient({
    reconnectDelayMs: 100,
    maxReconnectDelayMs: MAX_RECONNECT_DELAY_MS,
    forgottenAfterMs: 1_000,
    loginTimeoutMs: LOGIN_TIMEOUT_MS,
  })
  const failures: Record<string, number> = {}
  let commands = 0
  let answered = 0
  let lost = 0
  let revivedAt: number | undefined
  let longestReturnMs = 0
  const pending = new Set<Promise<unknown>>()
  client.listen('message', () => {})
  client.listen('disconnect', () => lost++)
  client.listen('connect', () => {
    if (revivedAt !== undefined) longestReturnMs = Math.max(longestReturnMs, performance.now() - revivedAt)
    revivedAt = undefined
  })
  await client.connect('127.0.0.1', port, password)
  const ask = setInterval(() => {
    const number = commands++
    const resend = number % 2 === 0
    const asked = client.sendCommand(resend ? 'version' : `say -1 tick ${number}`, { resend }).then(
      () => answered++,
      (error: RconError) => {
        failures[error.code] = (failures[error.code] ?? 0) + 1
      },
    )
    pending.add(asked)
    void asked.then(() => pending.delete(asked))
  }, 20)
  let crashesWhileAway = 0
  for (let restart = 0; restart < restarts; restart++) {
    // Every other time it goes away again before most clients have returned.
    await sleep(restart % 2 === 0 ? 500 + random() * 2_000 : random() * 200)
    if (!client.isConnected()) crashesWhileAway++
    revivedAt = undefined
    simulator.crash()
    await sleep(DOWN_MS)
    const back = restart % 2 === 0 ? undefined : client.waitFor('connect')
    revivedAt = performance.now()
    simulator.revive()
    await back
  }
  if (!client.isConnected()) await client.waitFor('connect')
  clearInterval(ask)
  await Promise.all(pending)
  await client.fetchPlayers()
  const cacheIsRight = await playersAgree(client, world)
  const listeners = client.dispatch.listenerCount('message')
  const { logins } = client.statistics
  const isBack = client.isConnected() && logins === lost + 1
  await client.close()
  await simulator.close()
  // A closed socket is gone a turn later.
  await sleep(10)
  const leftOpen = [...process.getActiveResourcesInfo()]
  for (const name of before) if (leftOpen.includes(name)) leftOpen.splice(leftOpen.indexOf(name), 1)
  const settled = answered + Object.values(failures).reduce((sum, n) => sum + n, 0)
  const executedAgain = world.executedAgain('say')
  const good =
    settled === commands &&
    isBack &&
    crashesWhileAway > 0 === restarts > 1 &&
    longestReturnMs <= MAX_RECONNECT_DELAY_MS + LOGIN_TIMEOUT_MS &&
    executedAgain === 0 &&
    cacheIsRight &&
    listeners === 1 &&
    leftOpen.length === 0
  return {
    good,
    commands,
    answered,
    failures,
    logins,
    crashesWhileAway,
    longestReturnMs,
    executedAgain,
    cacheIsRight,
    listeners,
    leftOpen,
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
