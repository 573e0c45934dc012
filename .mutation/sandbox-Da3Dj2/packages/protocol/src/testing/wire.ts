// @ts-nocheck
import type { ClientSessionEvent } from '../client/client-event.js'
import type { ClientSessionOptions } from '../client/client-options.js'
import { ClientSession } from '../client/client-session.js'
import { Link } from '../link/link.js'
import type { LinkOptions } from '../link/link-options.js'
import type { ServerSessionEvent } from '../server/server-event.js'
import type { ServerSessionOptions } from '../server/server-options.js'
import { ServerSession } from '../server/server-session.js'
import { encodeText } from '../text/text.js'

/** Options of a `Wire`. */
export interface WireOptions {
  readonly client?: Partial<ClientSessionOptions>
  readonly server?: Partial<ServerSessionOptions>
  /** Faults in both directions; each direction has its own seed. */
  readonly link?: Partial<LinkOptions>
  /** @default 'hunter2' */
  readonly password?: string
  /** Called for each event, at its time. Answer commands and send new ones here. */
  readonly onClientEvent?: (event: ClientSessionEvent, wire: Wire) => void
  /** Like `onClientEvent`, for the server's events. */
  readonly onServerEvent?: (event: ServerSessionEvent, wire: Wire) => void
  /** Called for each datagram that the client sends, in order. */
  readonly onClientDatagram?: (datagram: Uint8Array, now: number) => void
  /** Called for each datagram that arrives at the server, before its session handles it. */
  readonly onServerDatagram?: (datagram: Uint8Array, now: number) => void
}

/**
 * Connects a client's and a server's session by a seeded link, with a virtual clock. A day passes in milliseconds, and
 * the same seed repeats the same day.
 *
 * @example
 * ```ts
 * import { encodeText } from '@bercon/protocol'
 * import { Wire } from '@bercon/protocol/testing'
 *
 * const wire = new Wire({
 *   link: { loss: 0.3, minDelayMs: 20, maxDelayMs: 400 },
 *   onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, encodeText('pong')),
 *   onClientEvent: (event) => console.log(event.type),
 * })
 * wire.client.login(encodeText('hunter2'), wire.now)
 * wire.client.sendCommand(encodeText('ping'), { resend: true }, wire.now)
 * wire.run(20_000) // logged-in, reply
 * ```
 */
export class Wire {
  readonly client: ClientSession
  readonly server: ServerSession
  readonly toServer: Link
  readonly toClient: Link
  readonly #options: WireOptions
  #now = 0

  constructor(options: WireOptions = {}) {
    this.#options = options
    const seed = options.link?.seed ?? 1
    this.client = new ClientSession(options.client)
    this.server = new ServerSession(encodeText(options.password ?? 'hunter2'), options.server)
    this.toServer = new Link({ ...options.link, seed })
    this.toClient = new Link({ ...options.link, seed: (seed + 1_000_003) | 0 })
  }

  /** The virtual time in ms. */
  get now(): number {
    return this.#now
  }

  /** Logs in, and runs until the server answers or the login times out. */
  login(password: string = this.#options.password ?? 'hunter2'): void {
    this.client.login(encodeText(password), this.#now)
    this.run(Number.POSITIVE_INFINITY, () => this.client.state !== 'logging-in')
  }

  /** Runs to the time `until` in ms. Stops early once `isDone` returns `true`, or if nothing is left to happen. */
  run(until: number, isDone: () => boolean = () => false): void {
    for (;;) {
      this.#flush()
      if (isDone()) return
      const next = this.#nextTimeout()
      if (next > until || next === Number.POSITIVE_INFINITY) break
      this.#now = Math.max(this.#now, next)
      this.#step()
    }
    if (until !== Number.POSITIVE_INFINITY) this.#now = Math.max(this.#now, until)
  }

  #nextTimeout(): number {
    const { client, server, toServer, toClient } = this
    return Math.min(
      client.nextTimeout() ?? Number.POSITIVE_INFINITY,
      server.nextTimeout() ?? Number.POSITIVE_INFINITY,
      toServer.nextTimeout() ?? Number.POSITIVE_INFINITY,
      toClient.nextTimeout() ?? Number.POSITIVE_INFINITY,
    )
  }

  #step(): void {
    const now = this.#now
    for (const datagram of this.toServer.takeArrived(now)) {
      this.#options.onServerDatagram?.(datagram, now)
      this.server.receive(datagram, now)
      this.#flush()
    }
    for (const datagram of this.toClient.takeArrived(now)) {
      this.client.receive(datagram, now)
      this.#flush()
    }
    if ((this.client.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now) this.client.handleTimeout(now)
    if ((this.server.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now) this.server.handleTimeout(now)
  }

  /** Handles events until none are left; handling them may create new datagrams and events. */
  #flush(): void {
    for (;;) {
      const clientEvents = this.client.takeEvents()
      const serverEvents = this.server.takeEvents()
      for (const event of clientEvents) this.#options.onClientEvent?.(event, this)
      for (const event of serverEvents) this.#options.onServerEvent?.(event, this)
      for (const datagram of this.client.takeDatagrams()) {
        this.#options.onClientDatagram?.(datagram, this.#now)
        this.toServer.send(datagram, this.#now)
      }
      for (const datagram of this.server.takeDatagrams()) this.toClient.send(datagram, this.#now)
      if (clientEvents.length === 0 && serverEvents.length === 0) return
    }
  }
}
