import { connectFleet, type NatsFleet, PasswordKey } from '@bercon/fleet/nats'
import { FleetProcesses, type FleetSettings } from './fleet-processes.js'
import { FleetUser } from './fleet-user.js'
import type { NatsOptions } from './nats-servers.js'

export const WORKERS: readonly string[] = ['w1', 'w2', 'w3', 'w4']
const [LINE_MS, UP_MS] = [20_000, 240_000]

/** The fleet of a soak: its processes, and a user who is this process. */
export interface SoakFleet {
  readonly processes: FleetProcesses
  readonly user: FleetUser
  readonly nats: NatsFleet
  readonly servers: number
  readonly leaseMs: number
}

/** Starts NATS and the simulated servers, and lists them; no worker yet. */
export async function startFleet(
  servers: number,
  settings: FleetSettings,
  natsOptions: Omit<NatsOptions, 'folder'>,
): Promise<SoakFleet> {
  const processes = await FleetProcesses.start(settings, natsOptions)
  process.once('exit', () => processes.kill())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const key = new PasswordKey(new Uint8Array(32).fill(7))
  const nats = await connectFleet({
    nats: { servers: processes.nats.url(), name: 'user' },
    ...settings,
    key,
  })
  const ports = await processes.startGames(servers, LINE_MS)
  for (const [index, port] of ports.entries())
    await nats.servers.put({ name: `s${index}`, host: '127.0.0.1', port, game: 'arma3', password: 'hunter2' })
  const user = new FleetUser(nats)
  await user.directory.ready
  return { processes, user, nats, servers, leaseMs: settings.leaseMs }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits until every server is logged in to; returns how long that took, in ms. */
export async function untilUp({ user }: SoakFleet): Promise<number> {
  const begun = performance.now()
  while (!user.isEverythingUp) {
    if (performance.now() - begun > UP_MS) throw new Error('not every server came up')
    await pause(100)
  }
  return Math.round(performance.now() - begun)
}

/** Waits until no server has changed its owner for two lives of a lease. */
export async function untilStill({ processes: { log }, leaseMs }: SoakFleet): Promise<void> {
  while (performance.now() - log.lastMoveAt < 2 * leaseMs) await pause(100)
}
