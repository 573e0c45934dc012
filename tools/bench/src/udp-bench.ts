import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AsyncRconClient } from '@bercon/client'
import { median } from './rounds.js'
import { UdpFloor } from './udp-floor.js'

const WINDOWS = [1, 16, 64, 200]
const PAIRS = 7
const COMMANDS = { 1: 4_000, 16: 10_000, 64: 20_000, 200: 20_000 } as Readonly<Record<number, number>>
const TEXT = 'say -1 the server restarts in 5 minutes!'

interface Cost {
  readonly wallMs: number
  readonly cpuMs: number
}

async function cost(run: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run()
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 }
}

/** The client over loopback, the server in another process, beside a floor that only sends and counts. */
export async function udpBench(): Promise<void> {
  const server = fork(new URL('./udp-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const floor = new UdpFloor(TEXT)
  await floor.connect(port)
  const client = await new AsyncRconClient({ maxInFlight: 128 }).connect('127.0.0.1', port, 'hunter2')
  const rows = []
  for (const window of WINDOWS) {
    const commands = COMMANDS[window] ?? 10_000
    const runs = {
      floor: () => floor.run(commands, window),
      client: () => runClient(client, commands, window),
    }
    await runs.floor()
    await runs.client()
    const pairs = []
    for (let pair = 0; pair < PAIRS; pair++)
      pairs.push({ floor: await cost(runs.floor), client: await cost(runs.client) })
    rows.push({
      window,
      'floor commands/s': Math.round(commands / (median(pairs.map((p) => p.floor.wallMs)) / 1_000)),
      'client commands/s': Math.round(commands / (median(pairs.map((p) => p.client.wallMs)) / 1_000)),
      'speed ratio': round(median(pairs.map((p) => p.floor.wallMs / p.client.wallMs))),
      'µs CPU a command': round((median(pairs.map((p) => p.client.cpuMs)) / commands) * 1_000),
      'CPU ratio': round(median(pairs.map((p) => p.client.cpuMs / p.floor.cpuMs))),
    })
  }
  console.log(`\nUDP over loopback, the server in another process: median of ${PAIRS} interleaved pairs`)
  console.table(rows)
  await client.close()
  floor.close()
  server.disconnect()
}

async function runClient(client: AsyncRconClient, commands: number, window: number): Promise<void> {
  let asked = 0
  const worker = async () => {
    while (asked < commands) {
      asked++
      await client.sendCommand(TEXT)
    }
  }
  await Promise.all(Array.from({ length: window }, worker))
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
