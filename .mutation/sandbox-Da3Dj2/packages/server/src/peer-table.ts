// @ts-nocheck
import { TimerQueue } from '@bercon/protocol/driver'
import type { Endpoint } from './bound-socket.js'
import { networkOf } from './network-of.js'
import type { Peer, Seat } from './peer.js'

/**
 * The peers that are logged in, by address and port, and by their next due time, so that neither lookup is a search.
 */
export class PeerTable {
  readonly #seats = new Map<string, Seat>()
  readonly #adminIds = new Set<number>()
  readonly #timers = new TimerQueue<Seat>()

  get size(): number {
    return this.#seats.size
  }

  /** When the first session needs `handleTimeout`, `Infinity` if none does. */
  get nextAt(): number {
    return this.#timers.nextAt
  }

  all(): readonly Seat[] {
    return [...this.#seats.values()]
  }

  at(endpoint: Endpoint): Seat | undefined {
    return this.#seats.get(keyOf(endpoint))
  }

  /** The seat of this login. */
  of(peer: Peer): Seat | undefined {
    const seat = this.at(peer)
    return seat?.peer.id === peer.id ? seat : undefined
  }

  /** The seat now at the place of a given one: itself, or that of a later login from the same address and port. */
  successor(seat: Seat): Seat | undefined {
    return this.#seats.get(seat.key)
  }

  add(seat: Seat): void {
    this.#seats.set(seat.key, seat)
    this.#adminIds.add(seat.peer.adminId)
  }

  freeAdminId(): number {
    let id = 0
    while (this.#adminIds.has(id)) id++
    return id
  }

  /** The seat that has been silent for longest: of the same network if it has any, otherwise of all. */
  longestSilent(address: string): Seat | undefined {
    const network = networkOf(address)
    const isNeighbour = ({ peer }: Seat) => networkOf(peer.address) === network
    return longestSilentOf(this.all().filter(isNeighbour)) ?? longestSilentOf(this.all())
  }

  /** Removes a seat; `false` if it was not in the table. */
  remove(seat: Seat): boolean {
    this.#timers.remove(seat)
    if (this.successor(seat) !== seat) return false
    this.#adminIds.delete(seat.peer.adminId)
    return this.#seats.delete(seat.key)
  }

  /** Updates the due time of a seat. Call it after every input to its session. */
  reschedule(seat: Seat): void {
    if (this.successor(seat) !== seat) return
    this.#timers.set(seat, seat.session.nextTimeout() ?? Number.POSITIVE_INFINITY)
  }

  takeDue(now: number): Seat | undefined {
    return this.#timers.takeDue(now)
  }
}

function longestSilentOf(seats: readonly Seat[]): Seat | undefined {
  return seats.reduce<Seat | undefined>(
    (longest, seat) => (longest === undefined || seat.heardAt < longest.heardAt ? seat : longest),
    undefined,
  )
}

/** The key by which a datagram finds its seat. */
export function keyOf({ address, port }: Endpoint): string {
  return `${address} ${port}`
}
