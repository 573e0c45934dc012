// @ts-nocheck
import type { BoundSocket, DatagramReceiver, Endpoint, OpenSocket } from './bound-socket.js'

/**
 * A network in memory for one server. It passes the server's datagrams to `onSend`; pass those of peers to `deliver`.
 *
 * @example
 * ```ts
 * import { MemoryNetwork, RconServer } from '@bercon/server'
 *
 * const network = new MemoryNetwork((datagram, to) => console.log(to.port, datagram.length)) // 1024 9
 * const server = new RconServer({ password: 'hunter2', onCommand: () => '', openSocket: network.openSocket })
 * await server.listen()
 * const login = Uint8Array.from(Buffer.from('4245cd3b6d15ff0068756e74657232', 'hex'))
 * network.deliver(login, { address: '192.0.2.1', port: 1024 })
 * await server.close()
 * ```
 */
export class MemoryNetwork {
  readonly #onSend: (datagram: Uint8Array, to: Endpoint) => void
  #receiver: DatagramReceiver | undefined

  constructor(onSend: (datagram: Uint8Array, to: Endpoint) => void) {
    this.#onSend = onSend
  }

  /** Pass this to a server as its `openSocket`. */
  readonly openSocket: OpenSocket = async (host, port, receiver): Promise<BoundSocket> => {
    this.#receiver = receiver
    return {
      address: { address: host, port, family: host.includes(':') ? 'IPv6' : 'IPv4' },
      send: (datagram, to) => this.#onSend(datagram, to),
      close: async () => {
        this.#receiver = undefined
      },
    }
  }

  /** Delivers a datagram to the server; it is lost while no server listens. */
  deliver(datagram: Uint8Array, from: Endpoint): void {
    this.#receiver?.onDatagram(datagram, from)
  }

  /** Reports an error of its socket to the server. */
  fail(error: Error): void {
    this.#receiver?.onError(error)
  }
}
