import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { AsyncRconClient, systemClock, UdpTransport } from '@bercon/client'
import type { ClientOptions, Flavor } from '@bercon/contract'
import type { ConnectionOptions, Kind } from '@bercon/core'
import {
  CLIENT_OPTION_NAMES,
  type Connection,
  type ConnectionParts,
  checkNames,
  ServerConnection,
} from '@bercon/core/kit'
import { RxRconClient } from '@bercon/rx'
import { firstValueFrom } from 'rxjs'
import { afterAll } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import {
  type HostOptions,
  hostConnection,
  messagePortChannel,
  REMOTE_DEFAULTS,
  RemoteConnection,
  type TextChannel,
  webSocketChannel,
} from '../src/index.js'
import { type Cuts, cutChannel } from './cut-channel.js'

/** How a test reaches a connection that is hosted. */
export interface Wiring {
  readonly name: string
  /** How long a connection waits before it opens another channel, if not as long as the client's option says. */
  readonly reopenAfterMs?: number
  /** Opens a channel to a host of the connection. */
  open(connection: Connection): TextChannel
}

type HostedOptions = Partial<ConnectionOptions> & Pick<ConnectionParts, 'dialect'>

/** The host lets its users log in, and sends statistics with everything, as a client of the contract would see them. */
const CONTROL: HostOptions = { control: true, limits: { statisticsIntervalMs: 0 } }

export const overMessagePort: Wiring = {
  name: 'over a message port',
  open: (connection) => {
    const { port1, port2 } = new MessageChannel()
    hostConnection(connection, messagePortChannel(port1), CONTROL)
    return messagePortChannel(port2)
  },
}

/**
 * A server of WebSockets on this machine, where each path is a connection.
 *
 * @param cuts - when a socket is cut, and comes back by itself.
 */
export async function overWebSocket(cuts?: Cuts): Promise<Wiring> {
  const connections = new Map<string, Connection>()
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, maxPayload: 1_048_576 })
  sockets.on('connection', (socket, { url }) => {
    const connection = connections.get(url ?? '')
    if (connection === undefined) socket.close()
    // As a gateway does it: in lists.
    else hostConnection(connection, webSocketChannel(socket), { ...CONTROL, turnEnd: setImmediate })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    for (const socket of sockets.clients) socket.terminate()
    http.close()
  })
  const { port } = http.address() as AddressInfo
  const paths = new Map<Connection, string>()
  const wereCut = new Set<Connection>()
  return {
    name: cuts === undefined ? 'over a WebSocket' : 'over a WebSocket that is cut at random moments',
    ...(cuts !== undefined && { reopenAfterMs: 1 }),
    open: (connection) => {
      const path = paths.get(connection) ?? `/${paths.size}`
      paths.set(connection, path)
      connections.set(path, connection)
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`)
      const channel = webSocketChannel(socket)
      if (cuts === undefined) return channel
      const cut = () => {
        wereCut.add(connection)
        socket.terminate()
      }
      return cutChannel(channel, { cuts, isAnother: wereCut.delete(connection), cut })
    },
  }
}

/** A connection to a server by UDP, hosted and reached through the wiring. */
export function remote(
  { open, reopenAfterMs }: Wiring,
  { dialect, ...options }: HostedOptions,
): RemoteConnection {
  const parts = { transport: new UdpTransport(), clock: systemClock, dialect }
  const hosted = new ServerConnection(parts, options)
  const settings = { ...REMOTE_DEFAULTS, ...options }
  const { resentCommandTimeoutMs, sentOnceCommandTimeoutMs } = settings
  const reconnectDelayMs = reopenAfterMs ?? settings.reconnectDelayMs
  const deadlines = { resentCommandTimeoutMs, sentOnceCommandTimeoutMs, reconnectDelayMs }
  return new RemoteConnection(() => open(hosted), deadlines)
}

/** Those of the client, and those of the connection behind it; the names are checked as a client would check them. */
function splitOptions<K extends Kind>(given: ClientOptions<K>) {
  checkNames(given, CLIENT_OPTION_NAMES)
  const { cache, dispatch, ...options } = given
  return { cache, dispatch, options }
}

export function promiseFlavor(wiring: Wiring): Flavor<'promise', AsyncRconClient> {
  return {
    name: `promise client ${wiring.name}`,
    create: (given) => {
      const { cache, dispatch, options } = splitOptions(given)
      return new AsyncRconClient({ cache, dispatch, connection: remote(wiring, options) })
    },
    connect: (client, host, port, password) => client.connect(host, port, password),
    close: (client) => client.close(),
    settle: (result) => result,
    signal: 'ends the call',
    waitFor: (client, name, options) => client.waitFor(name, options),
    events: (client, name, options) => client.events(name, options),
  }
}

export function observableFlavor(wiring: Wiring): Flavor<'observable', RxRconClient> {
  return {
    name: `observable client ${wiring.name}`,
    create: (given) => {
      const { cache, dispatch, options } = splitOptions(given)
      return new RxRconClient({ cache, dispatch, connection: remote(wiring, options) })
    },
    // Not `firstValueFrom`, which would unsubscribe, and so close the client.
    connect: (client, host, port, password) =>
      new Promise((resolve, reject) => {
        client.connect(host, port, password).subscribe({ next: resolve, error: reject })
      }),
    close: (client) => firstValueFrom(client.close()),
    settle: (result) => firstValueFrom(result),
    signal: 'ends the call',
    waitFor: (client, name, options) => firstValueFrom(client.waitFor(name, options)),
  }
}
