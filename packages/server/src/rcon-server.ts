import { checkNames, checkNumber, InvalidArgumentError, unshownArgument } from '@bercon/protocol'
import { type Clock, systemClock } from '@bercon/protocol/driver'
import { Admission, type Verdict } from './admission.js'
import type { Endpoint, ListenAddress } from './bound-socket.js'
import { OwnPasswords, SharedPassword } from './doorkeeper.js'
import { EventReporter } from './event-reporter.js'
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
 * A BattlEye RCON server: it accepts logins of admins, passes their commands to your handler, and sends them your
 * messages.
 *
 * Received data never makes it throw or stop, and its memory is limited: per peer as in `ServerSession`, to `maxPeers`
 * peers, and to `maxTrackedAddresses` addresses that guessed passwords.
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
  readonly #reporter: EventReporter
  readonly #listener: PeerSocket
  readonly #peers: PeerSessions

  /** @throws {@link InvalidArgumentError} naming an option that is missing, unknown or out of range. */
  constructor(options: RconServerOptions) {
    checkPlugs(options)
    const {
      password,
      authenticate,
      onCommand,
      onEvent = () => {},
      network,
      clock = systemClock,
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
    this.#reporter = new EventReporter(onEvent)
    const isPeer = (endpoint: Endpoint) => this.#peers.at(endpoint) !== undefined
    const open =
      network === undefined ? openSocket : withFaults(openSocket, network, clock, { maxPeers, isPeer })
    this.#listener = new PeerSocket(open, {
      onDatagram: (datagram, from) => this.#receive(datagram, from),
      onError: (error) => this.#reporter.report({ type: 'error', error }),
    })
    const recognize = (datagram: Uint8Array, from: Endpoint) => this.#admission.recognize(datagram, from)
    const service = { onCommand, announceLogins, recognize }
    this.#peers = new PeerSessions(clock, service, this.#listener, this.#reporter)
  }

  /** The server's state. */
  get state(): RconServerState {
    return this.#listener.state
  }

  /** The peers that are logged in now. */
  get peers(): readonly Peer[] {
    return this.#peers.all().map(({ peer }) => peer)
  }

  /**
   * Binds the socket, and returns its address and port.
   *
   * @throws {@link InvalidArgumentError} for an invalid host or port.
   * @throws `RconError` `server-failure` if the address does not exist or the port is in use (`cause` is the system's
   * error), `closed` after `close`, `already-connected` if it is already listening.
   */
  async listen(options: ListenOptions = {}): Promise<ListenAddress> {
    checkNames(options, ['host', 'port'])
    const { host = '127.0.0.1', port = 0 } = options
    // An empty host would mean every address of the machine.
    if (typeof host !== 'string' || host === '')
      throw new InvalidArgumentError('host', host, 'a host name or an IP address')
    checkNumber('port', port, { min: 0, max: 65_535, integer: true })
    return this.#listener.open(host, port)
  }

  /**
   * Sends a message to all peers. Returns how many accepted it; a peer with a full queue loses it, which `onEvent`
   * reports.
   *
   * @throws {@link InvalidArgumentError} if the message does not fit a datagram.
   */
  broadcast(message: Reply): number {
    const bytes = messageBytes(message)
    return this.#peers.all().filter((seat) => this.#peers.post(seat, bytes)).length
  }

  /**
   * Sends a message to one peer. Returns `false` if the peer is no longer logged in or its queue is full.
   *
   * @throws {@link InvalidArgumentError} if the message does not fit a datagram.
   */
  send(peer: Peer, message: Reply): boolean {
    const bytes = messageBytes(message)
    const seat = this.#peers.of(peer)
    return seat !== undefined && this.#peers.post(seat, bytes)
  }

  /**
   * Changes the password at once; peers that are logged in stay logged in.
   *
   * @throws {@link InvalidArgumentError} for a password with NUL, and on a server with `authenticate`.
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

  /**
   * Forgets a peer, which is not notified because the protocol has no packet for it (W2). Returns `false` if it was not
   * logged in.
   */
  disconnect(peer: Peer): boolean {
    const seat = this.#peers.of(peer)
    return seat !== undefined && this.#peers.forget(seat, 'disconnected')
  }

  /**
   * Stops receiving and sending until `resume`, like a game that hangs (W1). Time continues for peers that are logged
   * in.
   *
   * @throws `RconError` `not-connected` before `listen`, `closed` after `close`.
   */
  pause(): void {
    this.#listener.pause()
  }

  /** Ends a `pause`. @throws `RconError` like `pause`. */
  resume(): void {
    this.#listener.resume()
  }

  /** Forgets all peers and frees the port. You can call it at any time, also repeatedly. */
  close(): Promise<void> {
    // First, so that nobody can log in while the peers are being forgotten.
    const closed = this.#listener.close()
    this.#peers.close()
    return closed
  }

  /** Closes the server at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #receive(datagram: Uint8Array, from: Endpoint): void {
    const seat = this.#peers.at(from)
    if (seat !== undefined && this.#peers.receive(seat, datagram)) return
    const { maxPeers, whenFull } = this.#admissionOptions
    const isFull = this.#peers.size >= maxPeers
    // A peer that is logged in replaces itself, which needs no room.
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
        this.#reporter.report({ type: 'refused', address, port })
        break
      case 'ignored':
        this.#reporter.report({ type: 'ignored', address, port, reason: verdict.reason })
        break
      case 'failed':
        this.#reporter.report({ type: 'error', error: verdict.error })
        break
      case 'malformed':
        this.#reporter.report({ ...verdict, address, port })
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
