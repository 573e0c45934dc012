import { Alarm } from '@bercon/protocol/driver'
import type { Clock } from '../clock.js'
import type { Session, SessionEvent } from './dialect.js'

/**
 * The client's only pump: feeds one session from a socket and a clock, and carries out what it wants. Datagrams leave
 * before events are told, so that no listener can hold back an acknowledgement (W12).
 */
export class SessionDriver {
  readonly session: Session
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #onEvent: (event: SessionEvent) => void
  #send: ((datagram: Uint8Array) => void) | undefined
  #isPumping = false

  constructor(session: Session, clock: Clock, onEvent: (event: SessionEvent) => void) {
    this.session = session
    this.#clock = clock
    this.#onEvent = onEvent
    this.#alarm = new Alarm(clock, () => this.#handleTimeout())
  }

  /** Logs in; datagrams go to `send` from now on. */
  login(password: Uint8Array, patienceMs: number, send: (datagram: Uint8Array) => void): void {
    this.#send = send
    this.session.login(password, this.#clock.now(), patienceMs)
    this.pump()
  }

  cancel(id: number): void {
    this.session.cancel(id, this.#clock.now())
    this.pump()
  }

  receive(datagram: Uint8Array): void {
    this.session.receive(datagram, this.#clock.now())
    this.pump()
  }

  /** Lets a session that is logged in say goodbye. */
  leave(): void {
    if (this.session.state !== 'logged-in') return
    this.session.leave?.(this.#clock.now())
    for (const datagram of this.session.takeDatagrams()) this.#transmit(datagram)
  }

  /** Ends the session and tells its last events; no timer is left. */
  close(): void {
    this.session.close(this.#clock.now())
    this.pump()
  }

  /** Carries out what the session wants; called for whoever gave it an input directly. */
  pump(): void {
    // A listener that sends a command comes back here; the loop that told it goes on with what that made.
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      for (;;) {
        for (const datagram of this.session.takeDatagrams()) this.#transmit(datagram)
        const events = this.session.takeEvents()
        if (events.length === 0) break
        for (const event of events) this.#onEvent(event)
      }
    } finally {
      this.#isPumping = false
      const next = this.session.nextTimeout()
      if (next === undefined) this.#alarm.clear()
      else this.#alarm.set(next)
    }
  }

  #transmit(datagram: Uint8Array): void {
    try {
      this.#send?.(datagram)
    } catch {
      // As good as lost on the way (P2): what matters is sent again, and time decides.
    }
  }

  #handleTimeout(): void {
    this.session.handleTimeout(this.#clock.now())
    this.pump()
  }
}
