// `pnpm soak:fleet [servers] [commands] [a second]`: workers as processes over a real NATS, of which one after the other dies, hangs
// and is stopped while commands are sent.
import { connectFleet, PasswordKey } from '@bercon/fleet/nats'
import { percentiles, report } from '../report.js'
import { FleetProcesses } from './fleet-processes.js'
import { FleetUser } from './fleet-user.js'
import { measured } from './process-load.js'

const [SERVERS, COMMANDS] = [Number(process.argv[2] ?? 300), Number(process.argv[3] ?? 50_000)]
const WORKERS = ['w1', 'w2', 'w3', 'w4']
const LEASE_MS = 6_000
const PER_SECOND = Number(process.argv[4] ?? 300)
const [LINE_MS, IDLE_MS, UP_MS] = [20_000, 20_000, 120_000]

const processes = await FleetProcesses.start(LEASE_MS)
process.once('exit', () => processes.kill())
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const key = new PasswordKey(new Uint8Array(32).fill(7))
const fleet = await connectFleet({ nats: { servers: processes.url }, leaseMs: LEASE_MS, key })
const ports = await processes.startGames(SERVERS, LINE_MS)
for (const [index, port] of ports.entries())
  await fleet.servers.put({ name: `s${index}`, host: '127.0.0.1', port, game: 'arma3', password: 'hunter2' })
const user = new FleetUser(fleet)
await user.directory.ready

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function untilUp(): Promise<number> {
  const begun = performance.now()
  while (!user.isEverythingUp) {
    if (performance.now() - begun > UP_MS) throw new Error('not every server came up')
    await pause(100)
  }
  return Math.round(performance.now() - begun)
}

await report(`${SERVERS} servers, four workers, from nothing`, async () => {
  for (const id of WORKERS) processes.startWorker(id)
  const upMs = await untilUp()
  await pause(3 * LEASE_MS)
  await untilUp()
  return { good: true, upMs, shares: WORKERS.map((id) => user.ownedBy(id).length) }
})

await report(`idle for ${IDLE_MS / 1_000} s`, async () => {
  let messages = 0
  const stop = fleet.bus.subscribe('>', () => messages++)
  const [workers, nats] = await Promise.all([
    measured(
      WORKERS.map((id) => processes.pidOf(id)),
      IDLE_MS,
    ),
    measured([processes.natsPid], IDLE_MS),
  ])
  stop()
  return {
    good: true,
    cpuPercentPerServer: Math.round((workers.cpuPercent / SERVERS) * 1_000) / 1_000,
    kilobytesPerServer: Math.round((workers.megabytes * 1_024) / SERVERS),
    workers,
    nats,
    messagesPerSecond: Math.round(messages / (IDLE_MS / 1_000)),
  }
})

user.begin(PER_SECOND, COMMANDS)

await report('a worker is killed (kill -9): its servers answer again, ms', async () => {
  await pause(5_000)
  const orphans = user.ownedBy('w1')
  await processes.killWorker('w1')
  const times = percentiles(await user.untilAnswered(orphans))
  return { good: (times['max'] ?? 0) <= 2 * LEASE_MS, orphans: orphans.length, ...times }
})

await report('it comes back, and gets servers again', async () => {
  processes.startWorker('w1')
  await pause(20_000)
  const upMs = await untilUp()
  return { good: user.ownedBy('w1').length > 0, upMs, servers: user.ownedBy('w1').length }
})

await report('a worker is stopped for two lease lives (SIGSTOP), and goes on', async () => {
  const orphans = user.ownedBy('w2')
  process.kill(processes.pidOf('w2'), 'SIGSTOP')
  const answered = user.untilAnswered(orphans)
  await pause(2 * LEASE_MS)
  process.kill(processes.pidOf('w2'), 'SIGCONT')
  const times = percentiles(await answered)
  await pause(10_000)
  return {
    good: (times['max'] ?? 0) <= 2 * LEASE_MS + 1_000,
    orphans: orphans.length,
    ...times,
    upMs: await untilUp(),
  }
})

await report('NATS is stopped for 10 s, and started again', async () => {
  const { names } = user.directory
  const loginsOf = () =>
    names.reduce((sum, name) => sum + (user.directory.get(name)?.statistics.logins ?? 0), 0)
  const before = loginsOf()
  await processes.stopNats()
  await pause(10_000)
  await processes.startNats()
  const times = percentiles(await user.untilAnswered(names))
  await pause(2 * LEASE_MS)
  return { good: loginsOf() - before <= SERVERS * 0.1, ...times, newLogins: loginsOf() - before }
})

await report(`${COMMANDS} commands meanwhile, ${PER_SECOND} a second`, async () => {
  const { outcomes, answered, notSent, late } = await user.settled()
  await pause(2_000)
  const executed = await processes.executed()
  const twice = Object.values(executed).filter((times) => times > 1).length
  const answeredNotExecuted = [...answered].filter((command) => executed[command] === undefined).length
  const executedNotSent = [...notSent].filter((command) => executed[command] !== undefined).length
  const settled = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const good = twice + answeredNotExecuted + executedNotSent + late.length === 0 && settled === user.asked
  return {
    good,
    settled,
    ...outcomes,
    executedTwice: twice,
    answeredNotExecuted,
    executedNotSent,
    late: late.length,
  }
})

await report('messages to a listener', async () => ({
  good: user.twice === 0,
  heard: user.heard,
  twice: user.twice,
}))

await user.directory.close()
await fleet.close()
await processes.end()
