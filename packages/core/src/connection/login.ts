import type { Clock } from '../clock.js'
import type { DatagramSocket, Transport } from '../transport.js'
import type { Session, SessionEvent, SessionFailure } from './dialect.js'
import type { Exchange } from './exchange.js'
import { SessionDriver } from './session-driver.js'

/** A reply, as the session tells it. */
export type Reply = Extract<SessionEvent, { type: 'reply' }>

/** What a login tells its connection. */
export interface LoginListener {
  /** Everything but what belongs to a single request. */
  readonly onEvent: (event: SessionEvent, login: Login) => void
  /** A reply; the exchange is missing for a keep-alive of the session's own. */
  readonly onReply: (exchange: Exchange | undefined, reply: Reply) => void
  readonly onFailure: (exchange: Exchange, failure: SessionFailure) => void
}

/** One login, from the waiting for it to its end: a session, its socket, and the requests that it was given. */
export class Login {
  readonly session: Session
  readonly #driver: SessionDriver
  readonly #listener: LoginListener
  readonly #exchanges = new Map<number, Exchange>()
  #socket: DatagramSocket | undefined
  #turn = 0

  constructor(session: Session, clock: Clock, listener: LoginListener) {
    this.session = session
    this.#listener = listener
    this.#driver = new SessionDriver(session, clock, (event) => this.#handle(event))
  }

  /** Takes a request; it waits until there is a login. @throws for one that no datagram can carry. */
  add(exchange: Exchange, now: number): void {
    const { resend, whole } = exchange.request
    const options = { resend, whole, timeoutMs: Math.max(0, exchange.deadline - now) }
    exchange.login = this
    exchange.id = this.session.sendCommand(exchange.bytes, options, now)
    this.#exchanges.set(exchange.id, exchange)
    this.#driver.pump()
  }

  cancel(exchange: Exchange): void {
    if (this.#exchanges.delete(exchange.id)) this.#driver.cancel(exchange.id)
  }

  /** Opens a socket to the address and logs in; rejects when the socket cannot be had. */
  async begin(
    transport: Transport,
    address: string,
    port: number,
    password: Uint8Array,
    patienceMs: number,
  ): Promise<void> {
    const turn = ++this.#turn
    const socket = await transport.open(address, port, {
      onDatagram: (datagram) => this.#driver.receive(datagram),
      // Such as "port unreachable", which means not yet (W1): time decides, not the socket.
      onError: () => {},
    })
    // It was ended, or another address is tried, since opening this one took too long.
    if (turn !== this.#turn || this.session.state !== 'new') {
      socket.close()
      return
    }
    this.#socket = socket
    this.#driver.login(password, patienceMs, (datagram) => socket.send(datagram))
  }

  /** Ends it: nothing is received any more, no timer is left, what waits is failed. */
  end(): void {
    this.#driver.leave()
    this.#socket?.close()
    this.#socket = undefined
    this.#driver.close()
  }

  #handle(event: SessionEvent): void {
    if (event.type === 'reply') this.#listener.onReply(this.#take(event.id), event)
    else if (event.type === 'failure') {
      const exchange = this.#take(event.id)
      if (exchange !== undefined) this.#listener.onFailure(exchange, event)
    } else this.#listener.onEvent(event, this)
  }

  #take(id: number): Exchange | undefined {
    const exchange = this.#exchanges.get(id)
    this.#exchanges.delete(id)
    return exchange
  }
}
