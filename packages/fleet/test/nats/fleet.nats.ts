import { startSimulator } from '@bercon/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FleetDirectory } from '../../src/directory/fleet-directory.js'
import { connectFleet, type NatsFleet } from '../../src/nats/connect-fleet.js'
import { PasswordKey } from '../../src/nats/password-key.js'
import { FleetWorker } from '../../src/worker/fleet-worker.js'
import type { WorkerEvent } from '../../src/worker/worker-event.js'
import { NatsProcess } from './nats-process.js'

const LEASE_MS = 3_000
const NAMES = ['altis', 'tanoa', 'malden', 'stratis']
const password = 'hunter2'
const key = new PasswordKey(new Uint8Array(32).fill(7))
let nats: NatsProcess
let simulators: Awaited<ReturnType<typeof startSimulator>>[]
let directory: FleetDirectory
const events: WorkerEvent[] = []
const closes: (() => Promise<unknown>)[] = []

async function connected(): Promise<NatsFleet> {
  const fleet = await connectFleet({ nats: { servers: nats.url }, leaseMs: LEASE_MS, key })
  closes.unshift(() => fleet.close())
  return fleet
}

async function startWorker(id: string): Promise<FleetWorker> {
  const { bus, leases, servers } = await connected()
  const worker = new FleetWorker({
    id,
    bus,
    leases,
    servers,
    onEvent: (event) => events.push(event),
    handoversPerSecond: 50,
  })
  worker.start()
  closes.unshift(() => worker.stop())
  return worker
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20))
}

const areUp = () => NAMES.every((name) => directory.get(name)?.isConnected())

beforeEach(async () => {
  nats = await NatsProcess.start()
  simulators = await Promise.all(NAMES.map(() => startSimulator({ password, bots: false })))
  const fleet = await connected()
  for (const [index, { address: host, port }] of simulators.entries())
    await fleet.servers.put({ name: NAMES[index] ?? '', host, port, game: 'arma3', password })
  directory = new FleetDirectory({ bus: fleet.bus, servers: fleet.servers, user: 'ann' })
  closes.unshift(() => directory.close())
  await directory.ready
})

afterEach(async () => {
  for (const close of closes.splice(0)) await close()
  await Promise.all(simulators.map((simulator) => simulator.close()))
  await nats.end()
  events.length = 0
})

describe('a fleet over NATS', () => {
  it('shares the servers out, hands some to a newcomer, and takes them back when it stops', async () => {
    const first = await startWorker('w1')
    await until(areUp)
    const second = await startWorker('w2')
    await until(() => second.owned.size > 0 && first.owned.size + second.owned.size === NAMES.length)
    await until(areUp)
    for (const name of NAMES) expect(await directory.get(name)?.sendCommand('version')).toBeTruthy()
    await second.stop()
    await until(() => first.owned.size === NAMES.length)
    for (const name of NAMES) expect(await directory.get(name)?.sendCommand('version')).toBeTruthy()
  })

  it('has nothing to do with another fleet of the same NATS that has the same names, but another prefix', async () => {
    const worker = await startWorker('w1')
    const executed: string[] = []
    const simulator = await startSimulator({
      password,
      bots: false,
      onGameCommand: (command) => executed.push(command),
    })
    closes.unshift(() => simulator.close())
    const settings = { leaseMs: LEASE_MS, key, prefix: 'other' }
    const other = await connectFleet({ nats: { servers: nats.url }, ...settings })
    closes.unshift(() => other.close())
    const { address: host, port } = simulator
    await other.servers.put({ name: 'altis', host, port, game: 'arma3', password })
    const { bus, leases, servers } = other
    const namesake = new FleetWorker({ id: 'w1', bus, leases, servers, prefix: 'other' })
    namesake.start()
    closes.unshift(() => namesake.stop())
    const others = new FleetDirectory({ bus, servers, prefix: 'other' })
    closes.unshift(() => others.close())
    await others.ready
    await until(() => areUp() && others.get('altis')?.isConnected() === true)
    expect([others.names, worker.owned.size, namesake.owned.size]).toEqual([['altis'], NAMES.length, 1])
    await directory.get('altis')?.sendCommand('#first')
    await others.get('altis')?.sendCommand('#second')
    expect(executed).toEqual(['#second'])
    await namesake.stop()
    expect(worker.owned.size).toBe(NAMES.length)
  })

  it('keeps its logins while NATS is away, and takes its own leases back', async () => {
    const worker = await startWorker('w1')
    await until(areUp)
    const epochs = new Map(worker.owned)
    await nats.stop()
    await until(() => worker.owned.size === 0)
    await nats.resume()
    await until(() => worker.owned.size === NAMES.length)
    await until(areUp)
    for (const [name, epoch] of worker.owned) expect(epoch).toBeGreaterThan(epochs.get(name) ?? 0)
    for (const name of NAMES) {
      expect(await directory.get(name)?.sendCommand('version')).toBeTruthy()
      expect(directory.get(name)?.statistics.logins).toBe(1)
    }
  })
})
