import { percentiles, report } from '../report.js'
import { CLUSTER_FAULTS } from './cluster-faults.js'
import { CUT_ADDRESS, cut, heal } from './network-namespace.js'
import { pause, type SoakFleet, untilStill, untilUp } from './soak-fleet.js'

const AWAY_MS = 10_000

/** What goes wrong, one at a time. */
export type Fault = 'kill' | 'hang' | 'nats' | 'cut' | 'node' | 'leader' | 'minority'

type Trial = (fleet: SoakFleet) => Promise<void>

/** Each fault with its trial, in the order in which they run. */
export const FAULTS: Readonly<Record<Fault, Trial>> = {
  kill: killed,
  hang: hung,
  nats: natsAway,
  cut: cutOff,
  ...CLUSTER_FAULTS,
}

async function killed(fleet: SoakFleet): Promise<void> {
  const { processes, user, leaseMs } = fleet
  await report('a worker is killed (kill -9): its servers answer again, ms', async () => {
    const orphans = user.ownedBy('w1')
    processes.log.counts()
    const killedAt = performance.now()
    await processes.killWorker('w1')
    const times = percentiles(await user.untilAnswered(orphans))
    const taken = percentiles([...processes.log.first('taken', killedAt, () => true).values()])
    const good = (times['max'] ?? 0) <= 2 * leaseMs
    return { good, orphans: orphans.length, ...times, taken, workers: processes.log.counts() }
  })
  await report('it comes back, and gets servers again', async () => {
    processes.startWorker('w1')
    await pause(20_000)
    const upMs = await untilUp(fleet)
    const servers = user.ownedBy('w1').length
    return { good: servers > 0, upMs, servers, workers: processes.log.counts() }
  })
}

async function hung(fleet: SoakFleet): Promise<void> {
  const { processes, user, leaseMs } = fleet
  await report('a worker is stopped for two lease lives (SIGSTOP), and goes on', async () => {
    const orphans = user.ownedBy('w2')
    process.kill(processes.pidOf('w2'), 'SIGSTOP')
    const answered = user.untilAnswered(orphans)
    await pause(2 * leaseMs)
    process.kill(processes.pidOf('w2'), 'SIGCONT')
    const times = percentiles(await answered)
    await pause(AWAY_MS)
    const good = (times['max'] ?? 0) <= 2 * leaseMs
    const upMs = await untilUp(fleet)
    return { good, orphans: orphans.length, ...times, upMs, workers: processes.log.counts() }
  })
}

async function natsAway(fleet: SoakFleet): Promise<void> {
  const { processes, user, leaseMs } = fleet
  await report('NATS is stopped for 10 s, and started again', async () => {
    // A server on its way back to its worker would be counted as lost.
    await untilStill(fleet)
    const { names } = user.directory
    const before = (await processes.gamesReport()).logins
    await processes.nats.kill()
    await pause(AWAY_MS)
    const away = processes.log.counts()
    const startedAt = performance.now()
    await processes.nats.resume()
    const times = percentiles(await user.untilAnswered(names))
    const taken = percentiles([...processes.log.first('taken', startedAt, () => true).values()])
    await pause(2 * leaseMs)
    const after = (await processes.gamesReport()).logins
    const moves = processes.log.moves(startedAt)
    const newLogins = names.filter((name) => {
      const index = Number(name.slice(1))
      return String(after[index]) !== String(before[index])
    })
    const handedOver = newLogins.filter((name) => moves.get(name) === 'handed over').length
    const lost = newLogins.filter((name) => moves.get(name) === 'taken by another').length
    const withoutNeed = newLogins.length - handedOver - lost
    const good = lost + withoutNeed === 0 && (times['max'] ?? 0) <= 2 * leaseMs
    const logins = { handedOver, lost, withoutNeed }
    return { good, ...times, taken, newLogins: logins, away, back: processes.log.counts() }
  })
}

/** The first worker reaches NATS under an address of its own; a rule of the firewall drops what goes there and comes from there. */
async function cutOff(fleet: SoakFleet): Promise<void> {
  const { processes, user, leaseMs } = fleet
  const isCut = (worker: string) => worker === 'w1'
  await report(
    `a worker is cut off from ${CUT_ADDRESS} for three lease lives, but not from its servers`,
    async () => {
      const orphans = user.ownedBy('w1')
      processes.log.counts()
      const cutAt = performance.now()
      cut()
      const times = percentiles(await user.untilAnswered(orphans))
      await pause(Math.max(0, 3 * leaseMs - (performance.now() - cutAt)))
      const ended = processes.log.first('expired', cutAt, isCut)
      const taken = processes.log.first('taken', cutAt, (worker) => !isCut(worker))
      // Between the end of the one tenure and the begin of the next.
      const gaps = orphans.map(
        (server) => (taken.get(server) ?? Number.NaN) - (ended.get(server) ?? Number.NaN),
      )
      const { logins } = await processes.gamesReport()
      const twoAdmins = orphans.filter((server) => logins[Number(server.slice(1))]?.length === 2).length
      const good = (times['max'] ?? 0) <= 2 * leaseMs && gaps.every((gap) => gap > 0)
      return {
        good,
        orphans: orphans.length,
        ...times,
        ended: percentiles([...ended.values()]),
        leastGap: Math.round(Math.min(...gaps)),
        keptLogins: twoAdmins,
        workers: processes.log.counts(),
      }
    },
  )
  await report('the rule is removed, and it gets servers again', async () => {
    const healedAt = performance.now()
    heal()
    while (user.ownedBy('w1').length === 0) await pause(100)
    const firstMs = Math.round(performance.now() - healedAt)
    await pause(20_000)
    const upMs = await untilUp(fleet)
    return { good: true, firstMs, upMs, servers: user.ownedBy('w1').length, workers: processes.log.counts() }
  })
}
