import { percentiles, report } from '../report.js'
import { cutUser, heal } from './network-namespace.js'
import { pause, type SoakFleet, untilStill, untilUp } from './soak-fleet.js'

const LEASES = 'KV_bercon-leases'
// NATS waits 4 to 9 s for a leader before it elects another.
const LONGEST_ELECTION_MS = 9_000

/** What goes wrong with a cluster of three servers of NATS, one at a time. */
export const CLUSTER_FAULTS = {
  node: (fleet: SoakFleet): Promise<void> =>
    lost(fleet, 'the server of NATS that the workers and the user are connected to', () => 'n1'),
  leader: (fleet: SoakFleet): Promise<void> =>
    lost(fleet, 'the server of NATS that leads the leases', ({ processes }) =>
      processes.nats.leaderOf(LEASES),
    ),
  minority: (fleet: SoakFleet): Promise<void> => cutOffMinority(fleet),
}

async function lost(
  fleet: SoakFleet,
  what: string,
  which: (fleet: SoakFleet) => string | Promise<string>,
): Promise<void> {
  const { nats } = fleet.processes
  await untilStill(fleet)
  const name = await which(fleet)
  await report(`${what} is killed (kill -9)`, () => faulty(fleet, name, () => nats.kill(name)))
  await report('it is started again', () => faulty(fleet, name, () => nats.resume(name)))
}

/** The last server of the cluster is cut off from the others, and a worker that is connected to it with it. */
async function cutOffMinority(fleet: SoakFleet): Promise<void> {
  const { processes } = fleet
  const { nats } = processes
  const last = nats.names.at(-1) ?? ''
  await processes.stopWorker('w4')
  processes.startWorker('w4', nats.url(last))
  await pause(3 * fleet.leaseMs)
  await untilUp(fleet)
  await untilStill(fleet)
  await report('a server of NATS is cut off from the others, but not from its clients', () =>
    faulty(fleet, last, () => cutUser(nats.portOf(last))),
  )
  await report('it reaches them again', () => faulty(fleet, last, heal))
}

/** What becomes of the servers when something happens to a server of NATS. */
async function faulty(
  { processes, user, leaseMs }: SoakFleet,
  name: string,
  act: () => void | Promise<void>,
): Promise<{ readonly good: boolean; readonly [figure: string]: unknown }> {
  const { log, nats } = processes
  const [leader, clients, before] = await Promise.all([
    nats.leaderOf(LEASES),
    nats.clientsOf(name),
    processes.gamesReport(),
  ])
  log.counts()
  const since = performance.now()
  const acted = act()
  const answered = percentiles(await user.untilAnswered(user.directory.names))
  await acted
  await pause(4 * leaseMs)
  const unowned = log.unowned(since)
  const after = await processes.gamesReport()
  const newLogins = after.logins.filter((ports, index) => String(ports) !== String(before.logins[index]))
  const longest = Math.max(0, answered['max'] ?? 0, ...unowned)
  return {
    good: longest <= 2 * leaseMs + LONGEST_ELECTION_MS,
    name,
    leads: leader === name,
    clients,
    unowned: { servers: unowned.length, ...percentiles(unowned) },
    answered,
    moved: log.moves(since).size,
    newLogins: newLogins.length,
    workers: log.counts(),
  }
}
