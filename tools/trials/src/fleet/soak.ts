// `pnpm soak:fleet [servers] [commands] [a second] [--only kill,hang,nats] [--cut] [--cluster] [--lease ms]`: workers as
// processes over a real NATS, of which one after the other dies, hangs and is stopped while commands are sent. With `--cut`
// everything runs in a network namespace of its own, where a firewall cuts one worker off. With `--cluster` NATS are three
// servers in such a namespace, which die or are cut off.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { percentiles, report } from '../report.js'
import { FAULTS, type Fault } from './faults.js'
import { CUT_ADDRESS, CUT_UID, enterNamespace } from './network-namespace.js'
import { measured } from './process-load.js'
import { pause, startFleet, untilUp, WORKERS } from './soak-fleet.js'

const IDLE_MS = 20_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    cut: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
    lease: { type: 'string', default: '6000' },
  },
})
const [servers = 300, commands = 50_000, perSecond = 300] = positionals.map(Number)
const leaseMs = Number(values.lease)
const kind = values.cluster ? 'cluster' : values.cut ? 'cut' : 'single'
const KINDS: Readonly<Record<typeof kind, readonly Fault[]>> = {
  single: ['kill', 'hang', 'nats'],
  cut: ['kill', 'hang', 'nats', 'cut'],
  cluster: ['kill', 'hang', 'node', 'leader', 'minority'],
}
const FIRST: Readonly<Record<typeof kind, readonly Fault[]>> = {
  single: KINDS.single,
  cut: ['cut'],
  cluster: ['node', 'leader', 'minority'],
}
const names = values.only?.split(',') ?? FIRST[kind]
const faults = KINDS[kind].filter((name) => names.includes(name))
if (faults.length < names.length) throw new Error(`--only takes some of ${KINDS[kind]} here`)
if (kind !== 'single') enterNamespace()
if (kind === 'cluster' && process.getuid?.() !== 0) {
  console.log('skipped: only root can run a server of NATS as another user, whom the firewall knows')
  process.exit(0)
}

const fleet = await startFleet(
  servers,
  { leaseMs, replicas: kind === 'cluster' ? 3 : 1 },
  kind === 'cluster'
    ? { count: 3, host: '127.0.0.1', lastUid: CUT_UID }
    : { count: 1, host: kind === 'cut' ? '0.0.0.0' : '127.0.0.1' },
)
const { processes, user, nats } = fleet
const load = () => loadavg().map((each) => Math.round(each * 10) / 10)

await report(`${servers} servers, four workers, from nothing`, async () => {
  for (const id of WORKERS)
    processes.startWorker(
      id,
      kind === 'cut' && id === 'w1' ? processes.nats.url('n1', CUT_ADDRESS) : undefined,
    )
  const upMs = await untilUp(fleet)
  await pause(3 * leaseMs)
  await untilUp(fleet)
  const shares = WORKERS.map((id) => user.ownedBy(id).length)
  return { good: true, upMs, shares, workers: processes.log.counts(), load: load() }
})

await report(`idle for ${IDLE_MS / 1_000} s`, async () => {
  let messages = 0
  const stop = nats.bus.subscribe('>', () => messages++)
  const load = (...pids: readonly number[]) => measured(pids, IDLE_MS)
  const [workers, natsServer, games] = await Promise.all([
    load(...WORKERS.map((id) => processes.pidOf(id))),
    load(...processes.nats.names.map((name) => processes.nats.pidOf(name))),
    load(processes.gamesPid),
  ])
  stop()
  return {
    good: true,
    cpuPercentPerServer: Math.round((workers.cpuPercent / servers) * 1_000) / 1_000,
    kilobytesPerServer: Math.round((workers.megabytes * 1_024) / servers),
    workers,
    nats: natsServer,
    games,
    messagesPerSecond: Math.round(messages / (IDLE_MS / 1_000)),
  }
})

user.begin(perSecond, commands)
await pause(5_000)
for (const fault of faults) await FAULTS[fault](fleet)

await report(`${commands} commands meanwhile, ${perSecond} a second`, async () => {
  const { outcomes, answered, notSent, late } = await user.settled()
  await pause(2_000)
  const { executed } = await processes.gamesReport()
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
    late: percentiles(late),
    load: load(),
  }
})

await report('messages to a listener', async () => ({
  good: user.twice === 0,
  heard: user.heard,
  twice: user.twice,
}))

await user.directory.close()
await nats.close()
await processes.end()
