import {
  checkNumber,
  decodeText,
  encodeText,
  InvalidArgumentError,
  type ServerEvent,
  type ServerSession,
} from '@bercon/protocol'
import type { Clock } from '@bercon/protocol/driver'
import { Alarm } from '@bercon/protocol/driver'
import { Admission, type Verdict } from './admission.js'
import { SYSTEM_CLOCK } from './clock.js'
import type { Endpoint, ListenAddress } from './datagram-socket.js'
import { withFaults } from './faulty-link.js'
import { Listener } from './listener.js'
import type { Peer, Seat } from './peer.js'
import { PeerTable } from './peer-table.js'
import type { ForgottenReason, RconServerEvent } from './server-event.js'
import { type ListenOptions, type RconServerOptions, type Reply, splitSettings } from './server-options.js'
import type { RconServerState } from './server-state.js'
import { openUdpSocket } from './udp-socket.js'

/**
 * A BattlEye RCON server: it lets admins in, hands you their commands, and brings them your messages.
 *
 * Nothing that is received can make it throw or stop, and what the network can make it hold is bounded: per peer as
 * `ServerSession` says, `maxPeers` of them, and `maxTrackedAddresses` of those who guessed passwords.
 *
 * @example
 * ```ts
 * import { RconServer } from '@bercon/server'
 *
 * const server = new RconServer({
 *   password: 'hunter2',
 *   onCommand: (command) => (command === 'version' ? '1.0' : 'Unknown command'),
 *   onEvent: (event) => event.type === 'login' && server.broadcast(`welcome to peer ${event.peer.id}`),
 * })
 * const { port } = await server.listen({ port: 0 })
 * console.log(port > 0) // true
 * await server.close()
 * ```
 */
export class RconServer implements AsyncDisposable {
  readonly #onCommand: RconServerOptions['onCommand']
  readonly #onEvent: (event: RconServerEvent) => void
  readonly #clock: Clock
  readonly #maxPeers: number
  readonly #admission: Admission
  readonly #listener: Listener
  readonly #peers = new PeerTable()
  readonly #alarm: Alarm
  #lastPeerId = 0

  /** @throws {@link InvalidArgumentError} naming an option that is missing, out of range or unknown. */
  constructor(options: RconServerOptions) {
    const { password, onCommand, onEvent, link, clock, openSocket, ...settings } = options
    if (typeof onCommand !== 'function') throw new InvalidArgumentError('onCommand', onCommand, 'a function')
    const { admission, session } = splitSettings(settings)
    this.#onCommand = onCommand
    this.#onEvent = onEvent ?? (() => {})
    this.#clock = clock ?? SYSTEM_CLOCK
    const open = openSocket ?? openUdpSocket
    this.#listener = new Listener(link === undefined ? open : withFaults(open, link, this.#clock), {
      onDatagram: (datagram, from) => this.#receive(datagram, from),
      onError: (error) => this.#tell({ type: 'error', error }),
    })
    this.#maxPeers = admission.maxPeers
    this.#admission = new Admission(password, admission, session)
    this.#alarm = new Alarm(this.#clock, () => this.#handleTimeouts())
  }

  get state(): RconServerState {
    return this.#listener.state
  }

  /** Who is logged in just now. */
  get peers(): readonly Peer[] {
    return this.#peers.all().map(({ peer }) => peer)
  }

  /**
   * Binds the socket, and gives where.
   *
   * @throws {@link InvalidArgumentError} for an empty host, or a port that is none.
   * @throws `RconError` `server-failure` when the address is not there or the port taken (`cause` is the
   * system's error), `closed` after `close`, `already-connected` when it listens already.
   */
  async listen({ host = '127.0.0.1', port = 0 }: ListenOptions = {}): Promise<ListenAddress> {
    // An empty one would mean every address of the machine.
    if (host === '') throw new InvalidArgumentError('host', host, 'an address or host name')
    checkNumber('port', port, { min: 0, max: 65_535, whole: true })
    return this.#listener.open(host, port)
  }

  /**
   * Sends a message to everybody who is logged in, and gives how many took it: one whose queue is full loses it, and
   * `onEvent` is told.
   *
   * @throws {@link InvalidArgumentError} for more bytes than a datagram carries.
   */
  broadcast(message: Reply): number {
    const bytes = toBytes(message)
    return this.#peers.all().reduce((taken, seat) => taken + (this.#post(seat, bytes) ? 1 : 0), 0)
  }

  /**
   * Sends a message to one peer; `false` when it is not logged in any more or its queue is full.
   *
   * @throws {@link InvalidArgumentError} for more bytes than a datagram carries.
   */
  send(peer: Peer, message: Reply): boolean {
    const seat = this.#peers.of(peer)
    return seat !== undefined && this.#post(seat, toBytes(message))
  }

  /**
   * Changes the password at once; who is logged in stays in.
   *
   * @throws {@link InvalidArgumentError} for one with NUL.
   */
  setPassword(password: string): void {
    this.#admission.setPassword(password)
  }

  /** Forgets a peer; the protocol has no packet that tells it (W2). `false` when it was not logged in any more. */
  disconnect(peer: Peer): boolean {
    const seat = this.#peers.of(peer)
    return seat !== undefined && this.#forget(seat, 'disconnected')
  }

  /**
   * Neither receives nor sends until `resume`, as a game that hangs (W1); meanwhile time passes for those logged in.
   *
   * @throws `RconError` `not-connected` before `listen`, `closed` after `close`.
   */
  pause(): void {
    this.#listener.pause()
  }

  /** Ends a `pause`. @throws `RconError` as `pause` does. */
  resume(): void {
    this.#listener.resume()
  }

  /** Forgets everybody and frees the port. May be called at any time, and again. */
  close(): Promise<void> {
    for (const seat of this.#peers.all()) this.#forget(seat, 'closed')
    this.#alarm.clear()
    return this.#listener.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #receive(datagram: Uint8Array, from: Endpoint): void {
    const now = this.#clock.now()
    const seat = this.#peers.at(from)
    if (seat === undefined) {
      const hasRoom = this.#peers.size < this.#maxPeers
      this.#act(this.#admission.consider(datagram, from, hasRoom, now), from)
    } else if (!this.#isLoginAnew(seat, datagram, now)) {
      seat.session.receive(datagram, now)
      this.#flush(seat)
    }
  }

  #act(verdict: Verdict, from: Endpoint): void {
    const { address, port } = from
    switch (verdict.type) {
      case 'accepted':
        this.#seat(verdict.session, from)
        break
      case 'refused':
        for (const answer of verdict.answers) this.#listener.send(answer, from)
        this.#tell({ type: 'refused', address, port })
        break
      case 'ignored':
        this.#tell({ type: 'ignored', address, port, reason: verdict.reason })
        break
      case 'malformed':
        this.#tell({ ...verdict, address, port })
    }
  }

  #seat(session: ServerSession, { address, port }: Endpoint): void {
    const peer: Peer = Object.freeze({ id: ++this.#lastPeerId, address, port })
    const { passwordVersion } = this.#admission
    const seat: Seat = { peer, session, passwordVersion, droppedMessages: 0, dueAt: 0, place: -1 }
    this.#peers.add(seat)
    this.#flush(seat)
  }

  /** Who is in may log in anew with a password that was changed meanwhile: the session would refuse it. */
  #isLoginAnew(seat: Seat, datagram: Uint8Array, now: number): boolean {
    if (seat.passwordVersion === this.#admission.passwordVersion) return false
    const verdict = this.#admission.consider(datagram, seat.peer, true, now)
    if (verdict.type !== 'accepted') return false
    this.#forget(seat, 'replaced')
    this.#seat(verdict.session, seat.peer)
    return true
  }

  /** Hands out what a session has to send and to tell; to be called after everything that is done to it. */
  #flush(seat: Seat): void {
    const { session } = seat
    for (;;) {
      for (const datagram of session.takeDatagrams()) this.#listener.send(datagram, seat.peer)
      const events = session.takeEvents()
      if (events.length === 0) break
      for (const event of events) this.#handle(event, seat)
    }
    this.#peers.reschedule(seat)
    this.#alarm.set(this.#peers.nextAt)
  }

  #handle(event: ServerEvent, seat: Seat): void {
    const { peer, session } = seat
    const { address, port } = peer
    switch (event.type) {
      case 'login':
        this.#tell(event.accepted ? { type: 'login', peer } : { type: 'refused', address, port })
        break
      case 'command':
        if (event.bytes.length === 0) session.reply(event.id, NOTHING)
        else void this.#execute(event.id, decodeText(event.bytes), seat)
        break
      case 'expired':
        this.#forget(seat, event.reason)
        break
      case 'malformed':
        this.#tell({ ...event, address, port })
    }
  }

  async #execute(id: number, command: string, seat: Seat): Promise<void> {
    try {
      const reply = await this.#onCommand(command, seat.peer)
      seat.session.reply(id, toBytes(reply))
      this.#flush(seat)
    } catch (error) {
      this.#tell({ type: 'error', error, command, peer: seat.peer })
    }
  }

  #post(seat: Seat, bytes: Uint8Array): boolean {
    const isTaken = seat.session.sendMessage(bytes, this.#clock.now())
    this.#flush(seat)
    if (!isTaken && seat.session.state === 'logged-in')
      this.#tell({ type: 'messageDropped', peer: seat.peer, count: ++seat.droppedMessages })
    return isTaken
  }

  /** Whether it was not forgotten already. */
  #forget(seat: Seat, reason: ForgottenReason): boolean {
    if (!this.#peers.remove(seat)) return false
    seat.session.close()
    this.#tell({ type: 'forgotten', peer: seat.peer, reason })
    return true
  }

  #handleTimeouts(): void {
    const now = this.#clock.now()
    for (let seat = this.#peers.takeDue(now); seat !== undefined; seat = this.#peers.takeDue(now)) {
      seat.session.handleTimeout(now)
      this.#flush(seat)
    }
    this.#alarm.set(this.#peers.nextAt)
  }

  #tell(event: RconServerEvent): void {
    try {
      this.#onEvent(event)
    } catch (error) {
      // A listener that fails at being told of a failure is left alone.
      if (event.type !== 'error') this.#tell({ type: 'error', error })
    }
  }
}

const NOTHING = new Uint8Array(0)

/** A copy, because a message waits until it is acknowledged, and its owner may write on. */
function toBytes(text: Reply): Uint8Array {
  if (typeof text === 'string') return encodeText(text)
  if (text instanceof Uint8Array) return Uint8Array.from(text)
  throw new InvalidArgumentError('text', text, 'a string or bytes')
}
