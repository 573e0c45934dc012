import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AsyncRconClient } from '@bercon/client'
import type { Figure } from './rounds.js'
import { median } from './rounds.js'
import { UdpFloor } from './udp-floor.js'

const WINDOWS = [1, 16, 64, 200]
const PAIRS = 7
const COMMANDS = { 1: 4_000, 16: 10_000, 64: 20_000, 200: 20_000 } as Readonly<Record<number, number>>
const TEXT = 'say -1 the server restarts in 5 minutes!'

const GOALS: Readonly<Record<number, { readonly speed?: Goal; readonly cpu?: Goal }>> = {
  1: { speed: { goal: 'at least 0.95' } },
  64: { speed: { goal: 'at least 0.97' }, cpu: { goal: 'at most 1.2' } },
}

type Goal = Required<Pick<Figure, 'goal'>>

interface Cost {
  readonly wallMs: number
  readonly cpuMs: number
}

interface Pair {
  readonly floor: Cost
  readonly client: Cost
}

async function cost(run: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run()
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 }
}

/** The client over loopback with the server in another process, compared to a floor that only sends and counts. */
export async function udpBench(): Promise<readonly Figure[]> {
  const server = fork(new URL('./udp-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const floor = new UdpFloor(TEXT)
  await floor.connect(port)
  const client = await new AsyncRconClient({ maxInFlight: 128 }).connect('127.0.0.1', port, 'hunter2')
  const figures: Figure[] = []
  for (const window of WINDOWS) {
    const commands = COMMANDS[window] ?? 10_000
    const runs = {
      floor: () => floor.run(commands, window),
      client: () => runClient(client, commands, window),
    }
    await runs.floor()
    await runs.client()
    const pairs: Pair[] = []
    for (let pair = 0; pair < PAIRS; pair++)
      pairs.push({ floor: await cost(runs.floor), client: await cost(runs.client) })
    const ratio = (of: (pair: Pair) => number) => median(pairs.map(of))
    const what = `commands over UDP, ${window} at a time`
    const goals = GOALS[window]
    figures.push(
      {
        what,
        figure: ratio(({ floor, client }) => floor.wallMs / client.wallMs),
        unit: "of the floor's speed",
        ...goals?.speed,
      },
      {
        what,
        figure: ratio(({ floor, client }) => client.cpuMs / floor.cpuMs),
        unit: "of the floor's CPU",
        ...goals?.cpu,
      },
      { what, figure: commands / (ratio(({ client }) => client.wallMs) / 1_000), unit: 'commands/s' },
      { what, figure: (ratio(({ client }) => client.cpuMs) / commands) * 1_000, unit: 'µs of CPU a command' },
    )
  }
  await client.close()
  floor.close()
  server.disconnect()
  return figures
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
