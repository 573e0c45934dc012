import { type BoundSocket, type Endpoint, type OpenSocket, openUdpSocket } from '@bercon/server'

/** Records the datagrams of a server's socket. */
export class SocketTap {
  /** Every received datagram, in order. */
  readonly received: Uint8Array[] = []
  #socket: BoundSocket | undefined
  #sender: Endpoint | undefined

  /** Pass it to a server as its `openSocket`. */
  readonly openSocket: OpenSocket = async (host, port, receiver) => {
    this.#socket = await openUdpSocket(host, port, {
      onDatagram: (datagram, from) => {
        this.received.push(Uint8Array.from(datagram))
        this.#sender = from
        receiver.onDatagram(datagram, from)
      },
      onError: (error) => receiver.onError(error),
    })
    return this.#socket
  }

  /** Sends any bytes to the last sender. */
  answer(datagram: Uint8Array): void {
    if (this.#sender !== undefined) this.#socket?.send(datagram, this.#sender)
  }
}
