import { connectFleet, type NatsFleet, PasswordKey } from '@bercon/fleet/nats'
import { FleetProcesses } from './fleet-processes.js'
import { FleetUser } from './fleet-user.js'

export const WORKERS: readonly string[] = ['w1', 'w2', 'w3', 'w4']
export const LEASE_MS = 6_000
const [LINE_MS, UP_MS] = [20_000, 240_000]

/** The fleet of a soak: its processes, and a user who is this process. */
export interface SoakFleet {
  readonly processes: FleetProcesses
  readonly user: FleetUser
  readonly nats: NatsFleet
  readonly servers: number
}

/** Starts NATS and the simulated servers, and lists them; no worker yet. */
export async function startFleet(servers: number, natsHost?: string): Promise<SoakFleet> {
  const processes = await FleetProcesses.start(LEASE_MS, natsHost)
  process.once('exit', () => processes.kill())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const key = new PasswordKey(new Uint8Array(32).fill(7))
  const nats = await connectFleet({ nats: { servers: processes.url }, leaseMs: LEASE_MS, key })
  const ports = await processes.startGames(servers, LINE_MS)
  for (const [index, port] of ports.entries())
    await nats.servers.put({ name: `s${index}`, host: '127.0.0.1', port, game: 'arma3', password: 'hunter2' })
  const user = new FleetUser(nats)
  await user.directory.ready
  return { processes, user, nats, servers }
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
