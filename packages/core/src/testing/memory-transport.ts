import type { ClientClock, ConnectedSocket, Receiver, Transport } from '../connection/connection-parts.js'

/** What answers at the other end: it is given each datagram, and a way back to the socket that it came from. */
export interface MemoryPeer {
  /** The client has sent a datagram. */
  readonly onDatagram: (datagram: Uint8Array, from: MemorySocket) => void
  /** The client has closed its socket. */
  readonly onClose?: (from: MemorySocket) => void
}

/** The other end's view of a socket. */
export interface MemorySocket {
  readonly address: string
  readonly port: number
  /** Hands a datagram to the client. */
  readonly deliver: (datagram: Uint8Array) => void
}

/** Datagrams without a network: each host is a `MemoryPeer`, nothing is lost unless the peer loses it. */
export class MemoryTransport implements Transport {
  readonly #hosts: ReadonlyMap<string, readonly string[]>
  readonly #peers: ReadonlyMap<string, MemoryPeer>
  readonly #clock: ClientClock
  #nextPort = 40_000
  #sockets = 0

  /**
   * @param peers By address.
   * @param hosts Addresses by name; an address stands for itself.
   */
  constructor(
    clock: ClientClock,
    peers: ReadonlyMap<string, MemoryPeer>,
    hosts: ReadonlyMap<string, readonly string[]> = new Map(),
  ) {
    this.#clock = clock
    this.#peers = peers
    this.#hosts = hosts
  }

  /** Sockets that are open. */
  get sockets(): number {
    return this.#sockets
  }

  async resolve(host: string): Promise<readonly string[]> {
    return this.#hosts.get(host) ?? [host]
  }

  async open(address: string, _port: number, receiver: Receiver): Promise<ConnectedSocket> {
    const peer = this.#peers.get(address)
    let isOpen = true
    this.#sockets++
    const end: MemorySocket = {
      address: '192.0.2.1',
      port: this.#nextPort++,
      // A turn later, as a network would: never inside the call that it answers.
      deliver: (datagram) => {
        this.#clock.setTimer(() => isOpen && receiver.onDatagram(datagram), 0)
      },
    }
    return {
      send: (datagram) => {
        if (isOpen) this.#clock.setTimer(() => peer?.onDatagram(datagram, end), 0)
      },
      close: () => {
        if (!isOpen) return
        isOpen = false
        this.#sockets--
        peer?.onClose?.(end)
      },
    }
  }
}
