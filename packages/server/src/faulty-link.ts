import type { Clock } from '@bercon/protocol/driver'
import { Alarm, type Timed, TimerQueue } from '@bercon/protocol/driver'
import { Link, type LinkOptions } from '@bercon/protocol/link'
import type { DatagramReceiver, DatagramSocket, Endpoint, OpenSocket } from './datagram-socket.js'

// What strangers can make it hold is bounded: so many links, the oldest is cut; so many datagrams in each.
const MAX_LANES = 2_000
const LANE_DEFAULTS = { seed: 1, maxUnderWay: 1_000 }

interface Lane extends Timed {
  readonly endpoint: Endpoint
  readonly toServer: Link
  readonly toPeer: Link
}

/**
 * Opens sockets of which every peer seems to be at the end of a bad link of its own.
 *
 * @throws `InvalidArgumentError` naming an option of the link that is out of range or unknown.
 */
export function withFaults(openSocket: OpenSocket, given: Partial<LinkOptions>, clock: Clock): OpenSocket {
  const options = { ...LANE_DEFAULTS, ...given }
  // Refused here, not at the first datagram.
  new Link(options)
  return async (host, port, receiver) => {
    const lanes = new Lanes(options, clock, receiver)
    const socket = await openSocket(host, port, {
      onDatagram: (datagram, from) => lanes.receive(datagram, from),
      onError: (error) => receiver.onError(error),
    })
    return lanes.join(socket)
  }
}

class Lanes {
  readonly #options: typeof LANE_DEFAULTS & Partial<LinkOptions>
  readonly #clock: Clock
  readonly #receiver: DatagramReceiver
  readonly #lanes = new Map<string, Lane>()
  readonly #timers = new TimerQueue<Lane>()
  readonly #alarm: Alarm
  #socket: DatagramSocket | undefined
  #opened = 0

  constructor(
    options: typeof LANE_DEFAULTS & Partial<LinkOptions>,
    clock: Clock,
    receiver: DatagramReceiver,
  ) {
    this.#options = options
    this.#clock = clock
    this.#receiver = receiver
    this.#alarm = new Alarm(clock, () => this.#deliverDue())
  }

  join(socket: DatagramSocket): DatagramSocket {
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
    lane.toServer.send(datagram, this.#clock.now())
    this.#deliver(lane)
  }

  send(datagram: Uint8Array, to: Endpoint): void {
    const lane = this.#lane(to)
    lane.toPeer.send(datagram, this.#clock.now())
    this.#deliver(lane)
  }

  #lane(endpoint: Endpoint): Lane {
    const key = `${endpoint.address} ${endpoint.port}`
    const known = this.#lanes.get(key)
    if (known !== undefined) return known
    const seed = this.#options.seed + 2 * this.#opened++
    const toServer = new Link({ ...this.#options, seed })
    const toPeer = new Link({ ...this.#options, seed: seed + 1 })
    const lane = { endpoint, toServer, toPeer, dueAt: 0, place: -1 }
    this.#lanes.set(key, lane)
    const [[oldestKey, oldest] = [key, lane]] = this.#lanes
    if (this.#lanes.size > MAX_LANES) {
      this.#lanes.delete(oldestKey)
      this.#timers.remove(oldest)
    }
    return lane
  }

  #deliverDue(): void {
    const now = this.#clock.now()
    for (let lane = this.#timers.takeDue(now); lane !== undefined; lane = this.#timers.takeDue(now))
      this.#deliver(lane)
    this.#alarm.set(this.#timers.nextAt)
  }

  #deliver(lane: Lane): void {
    const now = this.#clock.now()
    const { endpoint, toServer, toPeer } = lane
    for (const datagram of toServer.takeArrived(now)) this.#receiver.onDatagram(datagram, endpoint)
    for (const datagram of toPeer.takeArrived(now)) this.#socket?.send(datagram, endpoint)
    const never = Number.POSITIVE_INFINITY
    this.#timers.set(lane, Math.min(toServer.nextTimeout() ?? never, toPeer.nextTimeout() ?? never))
    this.#alarm.set(this.#timers.nextAt)
  }
}
