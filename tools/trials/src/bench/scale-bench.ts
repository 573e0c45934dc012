import { fork } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { RconPool } from '@bercon/client'
import { RconServer } from '@bercon/server'
import type { Figure } from './rounds.js'

const SERVERS = 1_000
const IDLE_MS = 40_000
const MESSAGES_PER_SECOND = 10
const MESSAGE_SECONDS = 20

/** Many servers in one client process, and many clients at one server. */
export async function scaleBench(): Promise<readonly Figure[]> {
  return [...(await manyServers()), ...(await manyClients())]
}

async function manyServers(): Promise<readonly Figure[]> {
  const server = fork(new URL('./scale-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const socketBytes = await bytesOfSockets(port)
  const before = heapBytes()
  const pool = new RconPool({ client: { playersIntervalMs: 0 } })
  const start = performance.now()
  const names = Array.from({ length: SERVERS }, (_, index) => `server ${index}`)
  await Promise.all(names.map((name) => pool.add(name, { host: '127.0.0.1', port, password: 'hunter2' })))
  const loginMs = performance.now() - start
  const perConnection = (heapBytes() - before - socketBytes) / SERVERS
  const cpu = process.cpuUsage()
  await sleep(IDLE_MS)
  const { user, system } = process.cpuUsage(cpu)
  await pool.close()
  server.disconnect()
  const what = `${SERVERS} servers in one process`
  return [
    { what, figure: loginMs, unit: 'ms until all are logged in' },
    {
      what,
      figure: perConnection / 1_000,
      unit: 'KB of heap a connection, beyond its socket',
      goal: 'at most 25',
    },
    { what, figure: (user + system) / IDLE_MS / 10, unit: '% of a core for keep-alives', goal: 'at most 1' },
  ]
}

async function manyClients(): Promise<readonly Figure[]> {
  let lost = 0
  const server = new RconServer({
    password: 'hunter2',
    maxPeers: SERVERS,
    onCommand: () => '',
    onEvent: ({ type }) => {
      if (type === 'forgotten' || type === 'messageDropped') lost++
    },
  })
  const { port } = await server.listen({ port: 0 })
  const clients = fork(new URL('./scale-clients.js', import.meta.url), [String(port), String(SERVERS)])
  await once(clients, 'message')
  const before = heapBytes()
  const sent = MESSAGES_PER_SECOND * MESSAGE_SECONDS
  const cpu = process.cpuUsage()
  for (let i = 0; i < sent; i++) {
    server.broadcast(`(Global) Ticker: message ${i} of a talkative server`)
    await sleep(1_000 / MESSAGES_PER_SECOND)
  }
  const { user, system } = process.cpuUsage(cpu)
  await sleep(2_500)
  const growth = heapBytes() - before
  clients.send('count')
  const [heard] = (await once(clients, 'message')) as [number]
  // The end of the server ends every peer's login, which is not a loss.
  const lostMeanwhile = lost
  clients.disconnect()
  await server.close()
  const what = `${SERVERS} clients at one server, ${MESSAGES_PER_SECOND} messages a second each`
  return [
    { what, figure: heard, unit: 'messages heard', goal: String(sent * SERVERS) },
    { what, figure: lostMeanwhile, unit: 'peers or messages lost', goal: '0' },
    { what, figure: growth / 1e6, unit: "MB of the server's heap more" },
    { what, figure: (user + system) / MESSAGE_SECONDS / 10_000, unit: '% of a core for the server' },
  ]
}

async function bytesOfSockets(port: number): Promise<number> {
  const before = heapBytes()
  const sockets = Array.from({ length: SERVERS }, () => createSocket('udp4'))
  for (const socket of sockets) {
    socket.connect(port, '127.0.0.1')
    await once(socket, 'connect')
  }
  const bytes = heapBytes() - before
  for (const socket of sockets) socket.close()
  return bytes
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('Run with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
