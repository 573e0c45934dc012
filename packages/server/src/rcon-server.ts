import { checkNames, checkNumber, InvalidArgumentError, unshownArgument } from '@bercon/protocol'
import type { Clock } from '@bercon/protocol/driver'
import { Admission, type Verdict } from './admission.js'
import type { Endpoint, ListenAddress } from './bound-socket.js'
import { SYSTEM_CLOCK } from './clock.js'
import { OwnPasswords, SharedPassword } from './doorkeeper.js'
import { EventTeller } from './event-teller.js'
import { withFaults } from './faulty-link.js'
import type { Peer } from './peer.js'
import { PeerSessions } from './peer-sessions.js'
import { PeerSocket } from './peer-socket.js'
import { messageBytes } from './reply-bytes.js'
import {
  type AdmissionOptions,
  checkPlugs,
  type ListenOptions,
  RCON_SERVER_DEFAULTS,
  type RconServerOptions,
  type Reply,
  splitSettings,
} from './server-options.js'
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
  readonly #clock: Clock
  readonly #admissionOptions: AdmissionOptions
  readonly #admission: Admission
  readonly #doorkeeper: SharedPassword | OwnPasswords
  readonly #teller: EventTeller
  readonly #listener: PeerSocket
  readonly #peers: PeerSessions

  /** @throws {@link InvalidArgumentError} naming an option that is missing, out of range or unknown. */
  constructor(options: RconServerOptions) {
    checkPlugs(options)
    const {
      password,
      authenticate,
      onCommand,
      onEvent = () => {},
      network,
      clock = SYSTEM_CLOCK,
      openSocket = openUdpSocket,
      announceLogins = RCON_SERVER_DEFAULTS.announceLogins,
      ...settings
    } = options
    const { admission, session } = splitSettings(settings)
    const { maxPeers } = admission
    this.#clock = clock
    this.#admissionOptions = admission
    this.#doorkeeper =
      authenticate === undefined
        ? new SharedPassword(password, session)
        : new OwnPasswords(authenticate, session)
    this.#admission = new Admission(this.#doorkeeper, admission)
    this.#teller = new EventTeller(onEvent)
    const isPeer = (endpoint: Endpoint) => this.#peers.at(endpoint) !== undefined
    const open =
      network === undefined ? openSocket : withFaults(openSocket, network, clock, { maxPeers, isPeer })
    this.#listener = new PeerSocket(open, {
      onDatagram: (datagram, from) => this.#receive(datagram, from),
      onError: (error) => this.#teller.tell({ type: 'error', error }),
    })
    const recognize = (datagram: Uint8Array, from: Endpoint) => this.#admission.recognize(datagram, from)
    const service = { onCommand, announceLogins, recognize }
    this.#peers = new PeerSessions(clock, service, this.#listener, this.#teller)
  }

  /** Where the server stands. */
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
   * @throws {@link InvalidArgumentError} for a host or a port that is none.
   * @throws `RconError` `server-failure` when the address is not there or the port taken (`cause` is the
   * system's error), `closed` after `close`, `already-connected` when it listens already.
   */
  async listen(options: ListenOptions = {}): Promise<ListenAddress> {
    checkNames(options, ['host', 'port'])
    const { host = '127.0.0.1', port = 0 } = options
    // An empty one would mean every address of the machine.
    if (typeof host !== 'string' || host === '')
      throw new InvalidArgumentError('host', host, 'a host name or an IP address')
    checkNumber('port', port, { min: 0, max: 65_535, integer: true })
    return this.#listener.open(host, port)
  }

  /**
   * Sends a message to everybody who is logged in, and gives how many took it: one whose queue is full loses it, and
   * `onEvent` is told.
   *
   * @throws {@link InvalidArgumentError} for more bytes than a datagram carries.
   */
  broadcast(message: Reply): number {
    const bytes = messageBytes(message)
    return this.#peers.all().filter((seat) => this.#peers.post(seat, bytes)).length
  }

  /**
   * Sends a message to one peer; `false` when it is not logged in any more or its queue is full.
   *
   * @throws {@link InvalidArgumentError} for more bytes than a datagram carries.
   */
  send(peer: Peer, message: Reply): boolean {
    const bytes = messageBytes(message)
    const seat = this.#peers.of(peer)
    return seat !== undefined && this.#peers.post(seat, bytes)
  }

  /**
   * Changes the password at once; who is logged in stays in.
   *
   * @throws {@link InvalidArgumentError} for one with NUL, and on a server with `authenticate`.
   */
  setPassword(password: string): void {
    if (!(this.#doorkeeper instanceof SharedPassword))
      throw unshownArgument(
        'password',
        password,
        'left to authenticate',
        'This server has no password to change, because authenticate decides; let that accept another one',
      )
    this.#doorkeeper.set(password)
  }

  /** Forgets a peer; the protocol has no packet that tells it (W2). `false` when it was not logged in any more. */
  disconnect(peer: Peer): boolean {
    const seat = this.#peers.of(peer)
    return seat !== undefined && this.#peers.forget(seat, 'disconnected')
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
    // First of all, so that nobody gets in while everybody is being forgotten.
    const closed = this.#listener.close()
    this.#peers.close()
    return closed
  }

  /** Closes it at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #receive(datagram: Uint8Array, from: Endpoint): void {
    const seat = this.#peers.at(from)
    if (seat !== undefined && this.#peers.receive(seat, datagram)) return
    const { maxPeers, whenFull } = this.#admissionOptions
    const isFull = this.#peers.size >= maxPeers
    // A peer that is in replaces itself: that needs no room.
    const hasRoom = seat !== undefined || !isFull || whenFull === 'displace'
    this.#act(this.#admission.consider(datagram, from, hasRoom, this.#clock.now()), from)
  }

  #act(verdict: Verdict, from: Endpoint): void {
    const { address, port } = from
    switch (verdict.type) {
      case 'accepted':
        this.#seat(verdict, from)
        break
      case 'refused':
        for (const answer of verdict.answers) this.#listener.send(answer, from)
        this.#teller.tell({ type: 'refused', address, port })
        break
      case 'ignored':
        this.#teller.tell({ type: 'ignored', address, port, reason: verdict.reason })
        break
      case 'failed':
        this.#teller.tell({ type: 'error', error: verdict.error })
        break
      case 'malformed':
        this.#teller.tell({ ...verdict, address, port })
    }
  }

  #seat({ session, name }: Extract<Verdict, { type: 'accepted' }>, from: Endpoint): void {
    const earlier = this.#peers.at(from)
    if (earlier !== undefined) this.#peers.forget(earlier, 'replaced')
    else if (this.#peers.size >= this.#admissionOptions.maxPeers) {
      const silent = this.#peers.longestSilent(from.address)
      if (silent !== undefined) this.#peers.forget(silent, 'displaced')
    }
    this.#peers.add(session, from, name)
  }
}
