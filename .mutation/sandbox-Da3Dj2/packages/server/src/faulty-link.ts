// @ts-nocheck
import type { Clock } from '@bercon/protocol/driver'
import { Alarm, type Timed, TimerQueue } from '@bercon/protocol/driver'
import { Link, type LinkOptions } from '@bercon/protocol/link'
import type { BoundSocket, DatagramReceiver, Endpoint, OpenSocket } from './bound-socket.js'

// Limits the memory that strangers can use: the number of lanes beyond those of the peers, and the bytes of all lanes.
const MAX_STRANGERS = 2_000
const MAX_HELD_BYTES = 16 * 1024 * 1024

// Memory per datagram in transit beyond its bytes.
const DATAGRAM_OVERHEAD_BYTES = 256

/** The peers whose lanes are kept, whatever strangers do. */
interface Peers {
  readonly maxPeers: number
  readonly isPeer: (endpoint: Endpoint) => boolean
}

type LaneOptions = Partial<LinkOptions> & Pick<LinkOptions, 'seed'>

interface Lane extends Timed {
  readonly endpoint: Endpoint
  readonly toServer: Link
  readonly toPeer: Link
  heldBytes: number
}

/**
 * Opens sockets that connect each peer over its own unreliable link.
 *
 * @throws `InvalidArgumentError` naming an option of the link that is unknown or out of range.
 */
export function withFaults(
  openSocket: OpenSocket,
  given: Partial<LinkOptions>,
  clock: Clock,
  peers: Peers,
): OpenSocket {
  const { seed = 1, maxInTransit = 1_000 } = given
  const options = { ...given, seed, maxInTransit }
  // Refuses bad options here instead of at the first datagram.
  new Link(options)
  return async (host, port, receiver) => {
    const lanes = new Lanes(options, clock, peers, receiver)
    const socket = await openSocket(host, port, {
      onDatagram: (datagram, from) => lanes.receive(datagram, from),
      onError: (error) => receiver.onError(error),
    })
    return lanes.join(socket)
  }
}

class Lanes {
  readonly #options: LaneOptions
  readonly #clock: Clock
  readonly #peers: Peers
  readonly #receiver: DatagramReceiver
  // By address and port; the last one was used last.
  readonly #lanes = new Map<string, Lane>()
  readonly #timers = new TimerQueue<Lane>()
  readonly #alarm: Alarm
  #socket: BoundSocket | undefined
  #opened = 0
  #heldBytes = 0

  constructor(options: LaneOptions, clock: Clock, peers: Peers, receiver: DatagramReceiver) {
    this.#options = options
    this.#clock = clock
    this.#peers = peers
    this.#receiver = receiver
    this.#alarm = new Alarm(clock, () => this.#deliverDue())
  }

  join(socket: BoundSocket): BoundSocket {
    this.#socket = socket
    return {
      address: socket.address,
      send: (datagram, to) => this.send(datagram, to),
      close: () => {
        this.#alarm.clear()
        return socket.close()
      },
    }
  }

  receive(datagram: Uint8Array, from: Endpoint): void {
    const lane = this.#lane(from)
    this.#put(datagram, lane, lane.toServer)
  }

  send(datagram: Uint8Array, to: Endpoint): void {
    const lane = this.#lane(to)
    this.#put(datagram, lane, lane.toPeer)
  }

  #lane(endpoint: Endpoint): Lane {
    const key = `${endpoint.address} ${endpoint.port}`
    const lane = this.#lanes.get(key) ?? this.#open(endpoint)
    this.#lanes.delete(key)
    this.#lanes.set(key, lane)
    if (this.#lanes.size > MAX_STRANGERS + this.#peers.maxPeers) this.#cutStranger()
    return lane
  }

  #open(endpoint: Endpoint): Lane {
    // A link uses only the lower 32 bits of a seed; counting from there, it stays a safe integer.
    const seed = (this.#options.seed | 0) + 2 * this.#opened++
    const toServer = new Link({ ...this.#options, seed })
    const toPeer = new Link({ ...this.#options, seed: seed + 1 })
    return { endpoint, toServer, toPeer, heldBytes: 0, dueAt: 0, place: -1 }
  }

  /** Removes the lane that has been unused for longest and is not a peer's, with the datagrams in transit on it. */
  #cutStranger(): void {
    for (const [key, lane] of this.#lanes) {
      this.#lanes.delete(key)
      if (!this.#peers.isPeer(lane.endpoint)) {
        this.#timers.remove(lane)
        this.#count(lane, -lane.heldBytes)
        return
      }
      // Move it to the end, so that the peers are not searched again for each stranger.
      this.#lanes.set(key, lane)
    }
  }

  #put(datagram: Uint8Array, lane: Lane, link: Link): void {
    // A buffer of its own: its length identifies it on arrival, even if it was truncated.
    const own = new Uint8Array(datagram)
    const bytes = heldBytes(own)
    // The link may deliver it twice.
    if (this.#heldBytes + 2 * bytes > MAX_HELD_BYTES) return
    const before = link.inTransit
    link.send(own, this.#clock.now())
    this.#count(lane, (link.inTransit - before) * bytes)
    this.#deliver(lane)
  }

  #deliverDue(): void {
    const now = this.#clock.now()
    for (let lane = this.#timers.takeDue(now); lane !== undefined; lane = this.#timers.takeDue(now))
      this.#deliver(lane)
    this.#alarm.set(this.#timers.nextAt)
  }

  #deliver(lane: Lane): void {
    const { endpoint, toServer, toPeer } = lane
    const received = this.#takeArrived(lane, toServer)
    const sent = this.#takeArrived(lane, toPeer)
    const never = Number.POSITIVE_INFINITY
    // Before datagrams are delivered, because a receiver may send on this lane, or cause its removal.
    this.#timers.set(lane, Math.min(toServer.nextTimeout() ?? never, toPeer.nextTimeout() ?? never))
    this.#alarm.set(this.#timers.nextAt)
    for (const datagram of received) this.#receiver.onDatagram(datagram, endpoint)
    for (const datagram of sent) this.#socket?.send(datagram, endpoint)
  }

  #takeArrived(lane: Lane, link: Link): readonly Uint8Array[] {
    const arrived = link.takeArrived(this.#clock.now())
    for (const datagram of arrived) this.#count(lane, -heldBytes(datagram))
    return arrived
  }

  #count(lane: Lane, bytes: number): void {
    lane.heldBytes += bytes
    this.#heldBytes += bytes
  }
}

function heldBytes({ buffer }: Uint8Array): number {
  return buffer.byteLength + DATAGRAM_OVERHEAD_BYTES
}
