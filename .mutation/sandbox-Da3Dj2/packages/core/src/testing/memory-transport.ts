// @ts-nocheck
import type { ClientClock, ConnectedSocket, Receiver, Transport } from '../connection/connection-parts.js'

/** The other end of a socket. It receives each datagram, with a handle to answer the socket that sent it. */
export interface MemoryPeer {
  /** The client sent a datagram. */
  readonly onDatagram: (datagram: Uint8Array, from: MemorySocket) => void
  /** The client closed its socket. */
  readonly onClose?: (from: MemorySocket) => void
}

/** The other end's view of a socket. */
export interface MemorySocket {
  readonly address: string
  readonly port: number
  /** Delivers a datagram to the client. */
  readonly deliver: (datagram: Uint8Array) => void
}

/** Datagrams without a network. Each host is a `MemoryPeer`; only the peer can lose datagrams. */
export class MemoryTransport implements Transport {
  readonly #hosts: ReadonlyMap<string, readonly string[]>
  readonly #peers: ReadonlyMap<string, MemoryPeer>
  readonly #clock: ClientClock
  #nextPort = 40_000
  #sockets = 0

  /**
   * @param peers By address.
   * @param hosts Addresses by name; an address resolves to itself.
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

  /** Number of open sockets. */
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
      // Delivered in a later turn, like on a network, never inside the call that it answers.
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
