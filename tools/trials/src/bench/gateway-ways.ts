import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { AsyncRconClient } from '@bercon/client'
import { connectGateway, type WebSocketClass } from '@bercon/remote'
import { WebSocket } from 'ws'
import { FrameFloor } from './frame-floor.js'
import type { BenchedGateway } from './gateway-server.js'
import type { BenchedRelay } from './relay-server.js'

/** How a command gets to the server: directly, over a relay that reads nothing, or through the gateway. */
export type Way = 'direct' | 'relay' | 'battleye' | 'frame relay' | 'websocket'

/** One way, and the process in the middle of it. */
export interface OpenWay {
  readonly run: (commands: number, window: number) => Promise<void>
  readonly between: ChildProcess | undefined
}

/** All ways to one server. */
export interface OpenWays {
  readonly ways: Readonly<Record<Way, OpenWay>>
  close(): Promise<void>
}

/** Starts a server, a relay and two gateways in processes of their own, and connects to the server by each way. */
export async function openWays(text: string): Promise<OpenWays> {
  const server = start('./udp-server.js')
  const [port] = (await once(server, 'message')) as [number]
  const relay = start('./relay-server.js', String(port), text)
  const [{ udpPort, webSocketPort }] = (await once(relay, 'message')) as [BenchedRelay]
  // One for each front, so that neither does the work of the other.
  const peers = start('./gateway-server.js', String(port))
  const [{ battleyePort, token }] = (await once(peers, 'message')) as [BenchedGateway]
  const sockets = start('./gateway-server.js', String(port))
  const [{ url, token: socketToken }] = (await once(sockets, 'message')) as [BenchedGateway]
  const connection = connectGateway(url, {
    server: 'bench',
    token: socketToken,
    WebSocket: WebSocket as WebSocketClass,
  })
  const clients = {
    direct: await loggedIn(port, 'hunter2'),
    relay: await loggedIn(udpPort, 'hunter2'),
    battleye: await loggedIn(battleyePort, token),
    websocket: new AsyncRconClient({ connection }),
  }
  const frames = new FrameFloor(webSocketPort, `${text}${' '.repeat(JSON_LENGTH)}`)
  await frames.open()
  const by = (client: AsyncRconClient) => (commands: number, window: number) =>
    runClient(client, text, commands, window)
  return {
    ways: {
      direct: { run: by(clients.direct), between: undefined },
      relay: { run: by(clients.relay), between: relay },
      battleye: { run: by(clients.battleye), between: peers },
      'frame relay': { run: (commands, window) => frames.run(commands, window), between: relay },
      websocket: { run: by(clients.websocket), between: sockets },
    },
    close: async () => {
      for (const client of Object.values(clients)) await client.close()
      frames.close()
      for (const child of [peers, sockets, relay, server]) child.disconnect()
    },
  }
}

// What a command has around it as a message of JSON.
const JSON_LENGTH = 64

function start(file: string, ...args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args)
}

async function loggedIn(port: number, password: string): Promise<AsyncRconClient> {
  return new AsyncRconClient({ maxInFlight: 128 }).connect('127.0.0.1', port, password)
}

async function runClient(
  client: AsyncRconClient,
  text: string,
  commands: number,
  window: number,
): Promise<void> {
  let left = commands
  const sendOn = async () => {
    while (left-- > 0) await client.sendCommand(text)
  }
  await Promise.all(Array.from({ length: window }, sendOn))
}
