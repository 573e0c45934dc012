import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { AsyncRconClient, systemClock, UdpTransport } from '@bercon/client'
import { codeOf } from '@bercon/core'
import { ServerConnection } from '@bercon/core/kit'
import { createRandom } from '@bercon/protocol/link'
import { startSimulator } from '@bercon/simulator'
import { afterEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { hostConnection, RemoteConnection, webSocketChannel } from '../src/index.js'

const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A simulated server, the login to it that is hosted, and a client over a WebSocket. */
async function scene() {
  const simulator = await startSimulator({ password: 'hunter2', port: 0, bots: false })
  ends.push(() => simulator.close())
  const hosted = new ServerConnection(
    { transport: new UdpTransport(), clock: systemClock },
    { playersIntervalMs: 0 },
  )
  ends.push(() => hosted.close())
  await hosted.open({ host: simulator.address, port: simulator.port, password: 'hunter2' })
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  sockets.on('connection', (socket) => hostConnection(hosted, webSocketChannel(socket)))
  await once(sockets, 'listening')
  ends.push(() => sockets.close())
  const { port } = sockets.address() as AddressInfo
  const connection = new RemoteConnection(() => webSocketChannel(new WebSocket(`ws://127.0.0.1:${port}`)), {
    reconnectDelayMs: 1,
    maxReconnectDelayMs: 20,
  })
  const client = new AsyncRconClient({ connection })
  ends.push(() => client.close())
  return { simulator, hosted, sockets, client }
}

it('settles every call over sockets that are cut at random, delivers no line twice, and names the gaps', async () => {
  const { simulator, hosted, sockets, client } = await scene()
  const random = createRandom(7)
  const lines = new Map<string, number>()
  let gaps = 0
  let cuts = 0
  let losses = 0
  client.listen('message', ({ text }) => lines.set(text, (lines.get(text) ?? 0) + 1))
  client.listen('gap', () => gaps++)
  client.listen('disconnect', () => losses++)
  await client.sendCommand('version', { resend: true })
  const slot = simulator.world.join({ name: 'Rook' })
  const outcomes: Record<string, number> = {}
  const count = (outcome: string) => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  for (let round = 0; round < 60; round++) {
    const calls = Array.from({ length: 5 }, (_, each) =>
      client.sendCommand('version', { resend: each > 0, timeoutMs: 20_000 }).then(
        () => count('answered'),
        (error: Error & { outcome?: string }) => count(`${codeOf(error)} ${error.outcome}`),
      ),
    )
    simulator.world.chat(slot, 'Global', `line ${round}`)
    if (random() < 0.3) {
      // Some are on their way, some answered, some neither.
      if (random() < 0.5) await calls[0]
      for (const socket of sockets.clients) {
        socket.terminate()
        cuts++
      }
    }
    await Promise.all(calls)
  }
  const { answered = 0, 'connection-lost unknown': unknown = 0, ...others } = outcomes
  expect([answered + unknown, others]).toEqual([300, {}])
  // Some are cut before they serve.
  expect([cuts > 5, losses > 5, unknown > 0, gaps]).toEqual([true, true, true, losses])
  expect([...lines.values()].filter((times) => times > 1)).toEqual([])
  expect(hosted.statistics.logins).toBe(1)
})
