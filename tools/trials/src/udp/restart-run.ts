import { AsyncRconClient, type RconError } from '@bercon/client'
import { createRandom } from '@bercon/protocol/link'
import { startSimulator } from '@bercon/server/simulator'

/** What a run of restarts is made with. */
export interface RestartRunOptions {
  readonly seed: number
  readonly restarts: number
}

/** What came of it. */
export interface RestartRunResult {
  readonly good: boolean
  readonly commands: number
  readonly answered: number
  readonly failures: Readonly<Record<string, number>>
  readonly logins: number
  /** From the server's return to the next login, the longest, in ms. */
  readonly longestReturnMs: number
  readonly cacheIsRight: boolean
  readonly listeners: number
  /** Sockets and timers left after `close()`, beside those of before. */
  readonly leftOpen: readonly string[]
}

const MAX_RECONNECT_DELAY_MS = 2_000
const DOWN_MS = 3_000

/** A server that goes away for some seconds and forgets everybody, at random moments, under fifty commands a second. */
export async function runRestarts(options: RestartRunOptions): Promise<RestartRunResult> {
  const { seed, restarts } = options
  const random = createRandom(seed)
  const password = 'hunter2'
  const before = process.getActiveResourcesInfo()
  const simulator = await startSimulator({ password, seed, joinIntervalMs: 1_000, stayMs: 20_000 })
  // A short patience with silence, so that ten restarts fit into a minute or two.
  const client = new AsyncRconClient({
    reconnectDelayMs: 100,
    maxReconnectDelayMs: MAX_RECONNECT_DELAY_MS,
    forgottenAfterMs: 1_000,
    loginTimeoutMs: 2_000,
  })
  const failures: Record<string, number> = {}
  let commands = 0
  let answered = 0
  const pending = new Set<Promise<unknown>>()
  client.listen('message', () => {})
  await client.connect('127.0.0.1', simulator.port, password)
  const ask = setInterval(() => {
    commands++
    const resend = commands % 2 === 0
    const asked = client.sendCommand(resend ? 'version' : 'say -1 tick', { resend }).then(
      () => answered++,
      (error: RconError) => {
        failures[error.code] = (failures[error.code] ?? 0) + 1
      },
    )
    pending.add(asked)
    void asked.then(() => pending.delete(asked))
  }, 20)
  let longestReturnMs = 0
  for (let restart = 0; restart < restarts; restart++) {
    await sleep(500 + random() * 2_000)
    simulator.crash()
    await sleep(DOWN_MS)
    const back = client.isConnected() ? client.waitFor('connect') : undefined
    simulator.revive()
    const start = performance.now()
    await (back ?? (client.isConnected() ? undefined : client.waitFor('connect')))
    longestReturnMs = Math.max(longestReturnMs, performance.now() - start)
  }
  clearInterval(ask)
  await Promise.all(pending)
  await client.fetchPlayers()
  const known = client.players.map(({ id, name }) => `${id} ${name}`)
  const real = simulator.world.players.map(({ slot, name }) => `${slot} ${name}`)
  const cacheIsRight = known.sort().join() === real.sort().join()
  const listeners = client.dispatch.listenerCount('message')
  const { logins } = client.statistics
  await client.close()
  await simulator.close()
  const leftOpen = [...process.getActiveResourcesInfo()]
  for (const name of before) if (leftOpen.includes(name)) leftOpen.splice(leftOpen.indexOf(name), 1)
  const settled = answered + Object.values(failures).reduce((sum, n) => sum + n, 0)
  const good =
    settled === commands &&
    logins === restarts + 1 &&
    cacheIsRight &&
    listeners === 1 &&
    leftOpen.length === 0
  return { good, commands, answered, failures, logins, longestReturnMs, cacheIsRight, listeners, leftOpen }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
