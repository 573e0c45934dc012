import { decodeText, type ServerEvent, type ServerSession } from '@bercon/protocol'
import { Alarm, type Clock } from '@bercon/protocol/driver'
import type { Endpoint } from './datagram-socket.js'
import type { EventTeller } from './event-teller.js'
import type { Listener } from './listener.js'
import type { Peer, Seat } from './peer.js'
import { PeerTable } from './peer-table.js'
import { replyBytes } from './reply-bytes.js'
import type { ForgottenReason } from './server-event.js'
import type { RconServerOptions } from './server-options.js'

/** Drives the sessions of everybody who is logged in, with one timer for all. */
export class PeerSessions {
  readonly #clock: Clock
  readonly #onCommand: RconServerOptions['onCommand']
  readonly #listener: Listener
  readonly #teller: EventTeller
  readonly #table = new PeerTable()
  readonly #alarm: Alarm
  #lastPeerId = 0

  constructor(
    clock: Clock,
    onCommand: RconServerOptions['onCommand'],
    listener: Listener,
    teller: EventTeller,
  ) {
    this.#clock = clock
    this.#onCommand = onCommand
    this.#listener = listener
    this.#teller = teller
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

  /** The seat of this very login. */
  of(peer: Peer): Seat | undefined {
    return this.#table.of(peer)
  }

  /** Takes in a session that has accepted a login, and gives out its answer. */
  add(session: ServerSession, { address, port }: Endpoint): void {
    // Whoever was told of the login that this one replaces may have closed the server.
    if (this.#listener.state !== 'listening') return
    const peer: Peer = Object.freeze({ id: ++this.#lastPeerId, address, port })
    const seat: Seat = { peer, session, droppedMessages: 0, dueAt: 0, place: -1 }
    this.#table.add(seat)
    this.#flush(seat)
  }

  /** `false`, and nothing told or sent, for a login with another password than the one it logged in with. */
  receive(seat: Seat, datagram: Uint8Array): boolean {
    const { session } = seat
    session.receive(datagram, this.#clock.now())
    const datagrams = session.takeDatagrams()
    const events = session.takeEvents()
    if (events.some((event) => event.type === 'login' && !event.accepted)) return false
    this.#giveOut(seat, datagrams, events)
    this.#flush(seat)
    return true
  }

  /** Sends a message or queues it; `false` when its queue is full. */
  post(seat: Seat, bytes: Uint8Array): boolean {
    const isTaken = seat.session.sendMessage(bytes, this.#clock.now())
    this.#flush(seat)
    if (!isTaken && seat.session.state === 'logged-in')
      this.#teller.tell({ type: 'messageDropped', peer: seat.peer, count: ++seat.droppedMessages })
    return isTaken
  }

  /** Whether it was not forgotten already. */
  forget(seat: Seat, reason: ForgottenReason): boolean {
    if (!this.#table.remove(seat)) return false
    seat.session.close()
    this.#teller.tell({ type: 'forgotten', peer: seat.peer, reason })
    return true
  }

  /** Forgets everybody. */
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

  /** Hands out what a session has to send and to tell; to be called after everything that is done to it. */
  #flush(seat: Seat): void {
    const { session } = seat
    let events: readonly ServerEvent[]
    do {
      const datagrams = session.takeDatagrams()
      events = session.takeEvents()
      this.#giveOut(seat, datagrams, events)
    } while (events.length > 0)
    this.#table.reschedule(seat)
    this.#alarm.set(this.#table.nextAt)
  }

  #giveOut(seat: Seat, datagrams: readonly Uint8Array[], events: readonly ServerEvent[]): void {
    for (const datagram of datagrams) this.#listener.send(datagram, seat.peer)
    for (const event of events) this.#handle(event, seat)
  }

  #handle(event: ServerEvent, seat: Seat): void {
    const { peer, session } = seat
    switch (event.type) {
      case 'login':
        this.#teller.tell({ type: 'login', peer })
        break
      case 'command':
        if (event.bytes.length === 0) session.reply(event.id, NOTHING)
        else void this.#execute(event.id, decodeText(event.bytes), seat)
        break
      case 'expired':
        this.forget(seat, event.reason)
        break
      case 'malformed':
        this.#teller.tell({ ...event, address: peer.address, port: peer.port })
    }
  }

  async #execute(id: number, command: string, seat: Seat): Promise<void> {
    const { peer, session } = seat
    try {
      session.reply(id, replyBytes(await this.#onCommand(command, peer)))
    } catch (error) {
      // Nothing will answer it: it must not count as open for ever.
      session.abandon(id)
      this.#teller.tell({ type: 'error', error, command, peer })
    }
    this.#flush(seat)
  }
}

const NOTHING = new Uint8Array(0)
