import { decodeText, encodeText, type ServerSession, type ServerSessionEvent } from '@bercon/protocol'
import { Alarm, type Clock } from '@bercon/protocol/driver'
import type { Endpoint } from './bound-socket.js'
import type { EventReporter } from './event-reporter.js'
import { adminLoginLine, type Peer, type Seat } from './peer.js'
import type { PeerSocket } from './peer-socket.js'
import { keyOf, PeerTable } from './peer-table.js'
import { replyBytes } from './reply-bytes.js'
import type { ForgottenReason } from './server-event.js'
import type { RconServerOptions, Reply } from './server-options.js'

/** What peers get from the server they log in to. */
export interface Service {
  readonly onCommand: RconServerOptions['onCommand']
  readonly announceLogins: boolean
  /**
   * The name of a peer that logs in again, in a session that accepted the datagram; `false` if the password no longer
   * belongs to anybody.
   */
  readonly recognize: (datagram: Uint8Array, from: Endpoint) => string | undefined | false
}

/** Drives the sessions of all peers with one timer. */
export class PeerSessions {
  readonly #clock: Clock
  readonly #service: Service
  readonly #listener: PeerSocket
  readonly #reporter: EventReporter
  readonly #table = new PeerTable()
  readonly #alarm: Alarm
  #lastPeerId = 0

  constructor(clock: Clock, service: Service, listener: PeerSocket, reporter: EventReporter) {
    this.#clock = clock
    this.#service = service
    this.#listener = listener
    this.#reporter = reporter
    this.#alarm = new Alarm(clock, () => this.#handleTimeouts())
  }

  get size(): number {
    return this.#table.size
  }

  all(): readonly Seat[] {
    return this.#table.all()
  }

  at(endpoint: Endpoint): Seat | undefined {
    return this.#table.at(endpoint)
  }

  /** The seat of this login. */
  of(peer: Peer): Seat | undefined {
    return this.#table.of(peer)
  }

  /** The peer whose seat a login from `address` takes. */
  longestSilent(address: string): Seat | undefined {
    return this.#table.longestSilent(address)
  }

  /** Adds a session that accepted a login, and sends its answer. */
  add(session: ServerSession, from: Endpoint, name?: string): void {
    const seat = this.#seat(session, from, name)
    if (seat !== undefined) this.#flush(seat)
  }

  /**
   * Passes a datagram to a peer's session. Returns `false`, without sending or emitting anything, for a login with
   * another password than the peer's, or one that no longer belongs to anybody.
   */
  receive(seat: Seat, datagram: Uint8Array): boolean {
    const { session } = seat
    seat.heardAt = this.#clock.now()
    session.receive(datagram, seat.heardAt)
    const datagrams = session.takeDatagrams()
    const events = session.takeEvents()
    const login = events.find((event) => event.type === 'login')
    if (login?.accepted === false) return false
    const name = login && this.#service.recognize(datagram, seat.peer)
    if (name === false) return false
    const current = login === undefined ? seat : this.#succeed(seat, name)
    if (current === undefined) return true
    this.#giveOut(current, datagrams, events)
    this.#flush(current)
    return true
  }

  /** Sends or queues a message; `false` if the peer's queue is full. */
  post(seat: Seat, bytes: Uint8Array): boolean {
    const isTaken = seat.session.sendMessage(bytes, this.#clock.now())
    this.#flush(seat)
    if (!isTaken && seat.session.state === 'logged-in')
      this.#reporter.report({ type: 'messageDropped', peer: seat.peer, count: ++seat.droppedMessages })
    return isTaken
  }

  /** Forgets a peer; `false` if it was already forgotten. */
  forget(seat: Seat, reason: ForgottenReason): boolean {
    if (!this.#table.remove(seat)) return false
    seat.session.close()
    this.#reporter.report({ type: 'forgotten', peer: seat.peer, reason })
    return true
  }

  /** Replaces a peer that logged in again by a new one in the same session. */
  #succeed(seat: Seat, name: string | undefined): Seat | undefined {
    const { peer, session } = seat
    this.#table.remove(seat)
    this.#reporter.report({ type: 'forgotten', peer, reason: 'replaced' })
    return this.#seat(session, peer, name)
  }

  #seat(session: ServerSession, { address, port }: Endpoint, name: string | undefined): Seat | undefined {
    // A listener of the replaced login's end may have closed the server.
    if (this.#listener.state !== 'listening') {
      session.close()
      return undefined
    }
    const adminId = this.#table.freeAdminId()
    const login = { id: ++this.#lastPeerId, adminId, address, port }
    const peer: Peer = Object.freeze(name === undefined ? login : { ...login, name })
    const seat: Seat = {
      peer,
      key: keyOf(peer),
      session,
      heardAt: this.#clock.now(),
      droppedMessages: 0,
      dueAt: 0,
      place: -1,
    }
    this.#table.add(seat)
    return seat
  }

  /** Forgets all peers. */
  close(): void {
    for (const seat of this.#table.all()) this.forget(seat, 'closed')
    this.#alarm.clear()
  }

  #handleTimeouts(): void {
    const now = this.#clock.now()
    for (let seat = this.#table.takeDue(now); seat !== undefined; seat = this.#table.takeDue(now)) {
      seat.session.handleTimeout(now)
      this.#flush(seat)
    }
    this.#alarm.set(this.#table.nextAt)
  }

  /** Sends a session's datagrams and emits its events. Call it after every input. */
  #flush(given: Seat): void {
    const { session } = given
    // The peer may have logged in again meanwhile.
    const present = this.#table.successor(given)
    const seat = present?.session === session ? present : given
    let events: readonly ServerSessionEvent[]
    do {
      const datagrams = session.takeDatagrams()
      events = session.takeEvents()
      this.#giveOut(seat, datagrams, events)
    } while (events.length > 0)
    this.#table.reschedule(seat)
    this.#alarm.set(this.#table.nextAt)
  }

  #giveOut(seat: Seat, datagrams: readonly Uint8Array[], events: readonly ServerSessionEvent[]): void {
    for (const datagram of datagrams) this.#listener.send(datagram, seat.peer)
    for (const event of events) this.#handle(event, seat)
  }

  #handle(event: ServerSessionEvent, seat: Seat): void {
    const { peer, session } = seat
    switch (event.type) {
      case 'login':
        // Before the event, so that it is the first message the peer gets (W2).
        if (this.#service.announceLogins) this.#announce(peer)
        this.#reporter.report({ type: 'login', peer })
        break
      case 'command':
        if (event.bytes.length === 0) session.reply(event.id, NOTHING)
        else this.#execute(event.id, decodeText(event.bytes), seat)
        break
      case 'expired':
        this.forget(seat, event.reason)
        break
      case 'malformed':
        this.#reporter.report({ ...event, address: peer.address, port: peer.port })
    }
  }

  #announce({ adminId, address, port }: Peer): void {
    const line = encodeText(adminLoginLine(adminId, address, port))
    for (const seat of this.#table.all()) this.post(seat, line)
  }

  /** A reply that is ready is sent at once, so that no copy of the command can come between. */
  #execute(id: number, command: string, seat: Seat): void {
    const { peer, session } = seat
    const fail = (error: unknown) => {
      // The command will never be answered, so it must not stay open.
      session.abandon(id)
      this.#reporter.report({ type: 'error', error, command, peer })
    }
    try {
      const reply = this.#service.onCommand(command, peer)
      if (typeof reply === 'string' || reply instanceof Uint8Array) session.reply(id, replyBytes(reply))
      else this.#replyLater(id, reply, { seat, fail })
    } catch (error) {
      fail(error)
    }
  }

  #replyLater(id: number, reply: Promise<Reply>, { seat, fail }: LateReply): void {
    const failLater = (error: unknown) => {
      fail(error)
      this.#flush(seat)
    }
    const answer = (text: Reply) => {
      try {
        seat.session.reply(id, replyBytes(text))
      } catch (error) {
        fail(error)
      }
      this.#flush(seat)
    }
    // A handler of plain JavaScript can return anything that has a `then`, or nothing.
    void Promise.resolve(reply).then(answer, failLater)
  }
}

interface LateReply {
  readonly seat: Seat
  readonly fail: (error: unknown) => void
}

const NOTHING = new Uint8Array(0)
