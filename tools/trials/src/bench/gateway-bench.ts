import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { AsyncRconClient } from '@bercon/client'
import { connectGateway, type WebSocketClass } from '@bercon/remote'
import { WebSocket } from 'ws'
import type { BenchedGateway } from './gateway-server.js'
import { type Figure, median } from './rounds.js'

const TEXT = 'say -1 the server restarts in 5 minutes!'
const PAIRS = 7
const RUNS = [
  { window: 64, commands: 4_000 },
  { window: 1, commands: 1_000 },
]

type Way = 'direct' | 'battleye' | 'websocket'

const GOALS: Readonly<Record<string, string>> = {
  'battleye 64': 'at least 0.6',
  'websocket 64': 'at least 0.5',
  'battleye 1': 'at most 1.2',
  'websocket 1': 'at most 1.2',
}

/** Commands through a gateway in another process, in turn with commands sent directly to the same server. */
export async function gatewayBench(): Promise<readonly Figure[]> {
  const server = fork(fileURLToPath(new URL('./udp-server.js', import.meta.url)))
  const [port] = (await once(server, 'message')) as [number]
  const gateway = fork(fileURLToPath(new URL('./gateway-server.js', import.meta.url)), [String(port)])
  const [{ battleyePort, url, token }] = (await once(gateway, 'message')) as [BenchedGateway]
  const connection = connectGateway(url, { server: 'bench', token, WebSocket: WebSocket as WebSocketClass })
  const clients: Readonly<Record<Way, AsyncRconClient>> = {
    direct: await new AsyncRconClient({ maxInFlight: 128 }).connect('127.0.0.1', port, 'hunter2'),
    battleye: await new AsyncRconClient({ maxInFlight: 128 }).connect('127.0.0.1', battleyePort, token),
    websocket: new AsyncRconClient({ connection }),
  }
  const figures: Figure[] = []
  for (const { window, commands } of RUNS) {
    const times: Record<Way, number[]> = { direct: [], battleye: [], websocket: [] }
    const ways = Object.keys(times) as Way[]
    for (const way of ways) await wallMs(clients[way], commands, window)
    for (let pair = 0; pair < PAIRS; pair++)
      for (const way of ways) times[way].push(await wallMs(clients[way], commands, window))
    for (const way of ['battleye', 'websocket'] as const)
      figures.push(...figuresOf(way, window, times, commands))
  }
  for (const client of Object.values(clients)) await client.close()
  gateway.disconnect()
  server.disconnect()
  return figures
}

function figuresOf(
  way: 'battleye' | 'websocket',
  window: number,
  times: Readonly<Record<Way, readonly number[]>>,
  commands: number,
): readonly Figure[] {
  const what = `commands through a gateway by ${way}, ${window} at a time`
  const goal = GOALS[`${way} ${window}`]
  const pairs = times[way].map((time, index) => time / (times.direct[index] ?? time))
  const ratio =
    window === 1
      ? { figure: median(pairs) - 1, unit: 'of a direct round trip is added' }
      : { figure: 1 / median(pairs), unit: 'of the direct speed' }
  return [
    { what, ...ratio, ...(goal !== undefined && { goal }) },
    { what, figure: commands / (median(times[way]) / 1_000), unit: 'commands/s' },
  ]
}

async function wallMs(client: AsyncRconClient, commands: number, window: number): Promise<number> {
  const start = performance.now()
  let left = commands
  const sendOn = async () => {
    while (left-- > 0) await client.sendCommand(TEXT)
  }
  await Promise.all(Array.from({ length: window }, sendOn))
  return performance.now() - start
}
