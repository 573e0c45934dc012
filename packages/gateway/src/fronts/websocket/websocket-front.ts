import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ConnectionEvent, RconError } from '@bercon/client'
import {
  type HostedChannel,
  hostConnection,
  refuseChannel,
  SUBPROTOCOL,
  webSocketChannel,
} from '@bercon/remote'
import { type WebSocket, WebSocketServer } from 'ws'
import { lineType } from '../../events/heard-events.js'
import { mayRun, noSuchServer } from '../../roles/judge.js'
import type { GatewayServer } from '../../servers/server-list.js'
import type { Identity } from '../../users/access.js'
import { type FrontParts, noteLogin } from '../front-parts.js'
import { type Gatekeeper, protocolsOf, type Visit, type Visitor } from '../http/gatekeeper.js'
import { endWith } from '../http/last-response.js'
import { problemOf, Refused } from '../http/problem.js'
import { finalRefusal, SharedConnection } from './shared-connection.js'

interface OpenChannel {
  readonly hosted: HostedChannel
  readonly identity: Identity
  readonly server: string
}

// A user's commands are short; what is longer is not one.
const MAX_PAYLOAD_BYTES = 262_144
const MAX_CHANNELS_OF_USER = 64
const LEAVE_MS = 1_000
// Only the path and the query count.
const BASE = 'http://gateway'
const PATH = /^\/api\/servers\/([^/]+)\/connection$/

/** Connections of users' clients over WebSockets, each to one server. */
export class WebSocketFront {
  readonly #parts: FrontParts
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  readonly #channels = new Set<OpenChannel>()

  constructor(parts: FrontParts) {
    this.#parts = parts
  }

  /** Takes over a connection that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, gatekeeper: Gatekeeper): void {
    socket.on('error', () => socket.destroy())
    try {
      const visit = visitOf(request)
      const server = this.#serverIn(visit)
      gatekeeper.checkPlace(visit)
      const accept = (use: (socket: WebSocket) => void) =>
        this.#sockets.handleUpgrade(request, socket, head, use)
      const arrival = arrivalOf(gatekeeper, visit)
      // Only over an open WebSocket a browser's page learns that it need not try again.
      if (arrival instanceof Refused)
        accept((opened) => refuseChannel(webSocketChannel(opened), finalRefusal(server, arrival.message)))
      else this.#admit(arrival, server, accept)
    } catch (error) {
      this.#answer(error, socket)
    }
  }

  /** Ends the channels of users who are none any more, and of those whose role does not name the server any more. */
  sweep(): void {
    for (const { identity, server, hosted } of this.#channels) {
      const role = this.#parts.access().subject(identity)?.role
      if (role === undefined) hosted.close(finalRefusal(server, 'The token is not valid any more'))
      else if (!role.knows(server)) hosted.close(finalRefusal(server, noSuchServer(server)))
    }
  }

  close(): void {
    for (const { hosted } of this.#channels) hosted.close(ended('The gateway was closed'))
    this.#sockets.close()
    // One that does not take leave must not keep the process.
    const { clients } = this.#sockets
    if (clients.size === 0) return
    const timer = setTimeout(() => {
      for (const client of clients) client.terminate()
    }, LEAVE_MS)
    timer.unref()
  }

  #serverIn(visit: Visit): string {
    const [, name] = PATH.exec(visit.url.pathname) ?? []
    if (visit.header('upgrade')?.toLowerCase() !== 'websocket')
      throw new Refused('invalid-argument', 'The gateway speaks HTTP/1.1; send the request without Upgrade')
    if (name === undefined) throw new Refused('not-found', `There is no WebSocket at ${visit.url.pathname}`)
    if (!protocolsOf(visit.header('sec-websocket-protocol')).includes(SUBPROTOCOL))
      throw new Refused('invalid-argument', `The WebSocket must offer the subprotocol ${SUBPROTOCOL}`)
    return decoded(name)
  }

  #admit(visitor: Visitor, name: string, accept: (use: (socket: WebSocket) => void) => void): void {
    const { identity, subject } = visitor
    const ofUser = [...this.#channels].filter((channel) => channel.identity.name === identity.name)
    if (ofUser.length >= MAX_CHANNELS_OF_USER)
      throw new Refused(
        'rate-limited',
        `${identity.name} has ${MAX_CHANNELS_OF_USER} WebSockets open already`,
      )
    const server = this.#parts.servers.get(name)
    const isKnown = subject.role.knows(name)
    accept((socket) => {
      if (server !== undefined && isKnown) this.#host(socket, server, visitor)
      else refuseChannel(webSocketChannel(socket), finalRefusal(name, noSuchServer(name)))
    })
  }

  #host(socket: WebSocket, server: GatewayServer, { identity, from }: Visitor): void {
    const { clock } = this.#parts
    const { name } = server
    const onEnded = () => channel.hosted.close(ended(`The gateway has no login to ${name} just now`))
    const order = { identity, front: 'websocket', from, server: name } as const
    const connection = new SharedConnection({ server, order, parts: this.#parts, onEnded })
    const channel: OpenChannel = {
      hosted: hostConnection(connection, webSocketChannel(socket), {
        clock,
        turnEnd: setImmediate,
        events: (event) =>
          (event.type === 'command' && connection.isSending(event.text)) ||
          this.#mayHear(identity, server, event),
      }),
      identity,
      server: name,
    }
    this.#channels.add(channel)
    noteLogin(this.#parts, identity.name, { front: 'websocket', from, server: name })
    void channel.hosted.ended.then(() => this.#channels.delete(channel))
  }

  #mayHear(identity: Identity, server: GatewayServer, event: ConnectionEvent): boolean {
    const role = this.#parts.access().subject(identity)?.role
    if (role === undefined) return false
    if (event.type === 'message') return role.mayHear(lineType(event.text))
    // It has the reply to a command of anybody's.
    if (event.type === 'command') return role.mayHear('command') && mayRun(role, server, event.text)
    return role.mayHear(event.type)
  }

  #answer(error: unknown, socket: Duplex): void {
    const { response, isOwn } = problemOf(error)
    if (isOwn) this.#parts.report({ type: 'error', error, during: 'websocket' })
    void endWith(socket, response)
  }
}

function visitOf({ url = '/', headers, socket }: IncomingMessage): Visit {
  if (!URL.canParse(url, BASE)) throw new Refused('not-found', 'There is no such path')
  return {
    front: 'websocket',
    url: new URL(url, BASE),
    header: (name) => {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    socket,
  }
}

/** Who comes; or why a token lets nobody in. @throws {@link Refused} for all else. */
function arrivalOf(gatekeeper: Gatekeeper, visit: Visit): Visitor | Refused {
  try {
    return gatekeeper.identify(visit)
  } catch (error) {
    if (error instanceof Refused && error.code === 'unauthorized') return error
    throw error
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function ended(message: string): RconError {
  return new RconError('channel-failure', message)
}
