import { Alarm } from '@bercon/protocol/driver'
import type { ClientClock, ConnectedSocket, Receiver } from './connection-parts.js'
import type { Session, SessionEvent } from './dialect.js'
import type { Exchange } from './exchange.js'
import { ExchangeTable } from './exchange-table.js'

/** Handles each event of a session, in order. The session's `take` returns the exchange that an event answers. */
export type SessionListener = (event: SessionEvent, session: LiveSession) => void

/**
 * One login, from the wait for it to its end: a session, its socket, its timer, and the requests in flight. It has the
 * client's only pump: every input ends in `#pump`, which sends datagrams before it emits events, so that no listener can
 * delay an acknowledgment (W12).
 */
export class LiveSession implements Receiver {
  /** How often its connection had been opened again. */
  readonly life: number
  readonly #session: Session
  readonly #clock: ClientClock
  readonly #alarm: Alarm
  readonly #onEvent: SessionListener
  readonly #exchanges = new ExchangeTable()
  #socket: ConnectedSocket | undefined
  #now = 0
  #state: 'idle' | 'telling' = 'idle'
  #endReason: unknown

  constructor(session: Session, clock: ClientClock, onEvent: SessionListener, life: number) {
    this.life = life
    this.#session = session
    this.#clock = clock
    this.#onEvent = onEvent
    this.#alarm = new Alarm(clock, () => {
      this.#session.handleTimeout(this.#clock.now())
      this.#pump()
    })
  }

  /** Counters of what was sent and received, and measurements. */
  get statistics(): Session['statistics'] {
    return this.#session.statistics
  }

  /** When the last datagram arrived. */
  get now(): number {
    return this.#now
  }

  /** Why it ended, if waiting requests fail with that. */
  get endReason(): unknown {
    return this.#endReason
  }

  // A function of its own, because transports may call it detached.
  readonly onDatagram = (datagram: Uint8Array): void => {
    this.#now = this.#clock.now()
    this.#session.receive(datagram, this.#now)
    this.#pump()
  }

  /** Ignores errors such as "port unreachable", which can be temporary (W1): timeouts decide, not the socket. */
  onError(): void {}

  /** Logs in over a socket that was opened with this session as its receiver. */
  login(socket: ConnectedSocket, password: Uint8Array, timeoutMs: number): void {
    this.#socket = socket
    this.#session.login(password, this.#clock.now(), timeoutMs)
    this.#pump()
  }

  /** Adds a request, which waits for the login. Rejects one that does not fit a datagram. */
  add(exchange: Exchange, now: number): void {
    const { resend, verifyEnd } = exchange.request
    const options = { resend, verifyEnd, timeoutMs: Math.max(0, exchange.deadline - now) }
    try {
      exchange.id = this.#session.sendCommand(exchange.request.text, options, now)
    } catch (error) {
      exchange.reject(error)
      return
    }
    this.#exchanges.add(exchange)
    this.#pump()
  }

  /** Cancels a request. Has no effect on one of another session, which has its own ids. */
  cancel(exchange: Exchange): void {
    if (!this.#exchanges.has(exchange)) return
    this.#exchanges.take(exchange.id)
    this.#session.cancel(exchange.id, this.#clock.now())
    this.#pump()
  }

  /** Removes and returns the request that an event answers; `undefined` for a keep-alive or a canceled request. */
  take(id: number): Exchange | undefined {
    return this.#exchanges.take(id)
  }

  /** Ends the session: logs out if logged in, stops receiving, clears the timer, and fails waiting requests. */
  end(reason?: unknown): void {
    this.#endReason ??= reason
    if (this.#session.state === 'logged-in') {
      this.#session.leave?.(this.#clock.now())
      this.#pump()
    }
    this.#socket?.close()
    this.#socket = undefined
    this.#session.close(this.#clock.now())
    this.#pump()
  }

  #pump(): void {
    const isOuter = this.#state === 'idle'
    try {
      for (;;) {
        const datagrams = this.#session.takeDatagrams()
        for (let at = 0; at < datagrams.length; at++) {
          try {
            this.#socket?.send(datagrams[at] as Uint8Array)
          } catch {
            // Treat it like a datagram lost in transit (P2): important ones are sent again, and timeouts decide.
          }
        }
        // A listener that sends a command returns here; the loop that called it continues with the events.
        if (!isOuter) return
        const events = this.#session.takeEvents()
        if (events.length === 0) return
        this.#state = 'telling'
        for (let at = 0; at < events.length; at++) this.#onEvent(events[at] as SessionEvent, this)
      }
    } finally {
      if (isOuter) this.#rest()
    }
  }

  #rest(): void {
    this.#state = 'idle'
    const next = this.#session.nextTimeout()
    if (next === undefined) this.#alarm.clear()
    else this.#alarm.set(next)
  }
}
