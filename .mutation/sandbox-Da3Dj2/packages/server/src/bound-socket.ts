/** The source or destination of a datagram: a numeric address, IPv4 or IPv6. */
// @ts-nocheck

export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** Where a server listens. */
export interface ListenAddress extends Endpoint {
  readonly family: 'IPv4' | 'IPv6'
}

/** The callbacks of a socket. */
export interface DatagramReceiver {
  /** A datagram was received. */
  onDatagram(datagram: Uint8Array, from: Endpoint): void
  /** A datagram could not be sent or received; the socket continues. */
  onError(error: Error): void
}

/** A bound socket, as far as a server needs it. */
export interface BoundSocket {
  readonly address: ListenAddress
  /** Sends a datagram. Errors are reported to the receiver's `onError`; never throws. */
  send(datagram: Uint8Array, to: Endpoint): void
  /** Settles once the port is free again. */
  close(): Promise<void>
}

/** Binds a socket to an address or host name and a port (0: any free one). */
export type OpenSocket = (host: string, port: number, receiver: DatagramReceiver) => Promise<BoundSocket>
