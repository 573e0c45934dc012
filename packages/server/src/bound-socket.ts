/** Where a datagram comes from or goes to: a numeric address, IPv4 or IPv6. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** Where a server listens. */
export interface ListenAddress extends Endpoint {
  readonly family: 'IPv4' | 'IPv6'
}

/** Who is told what happens at a socket. */
export interface DatagramReceiver {
  /** A datagram has come. */
  onDatagram(datagram: Uint8Array, from: Endpoint): void
  /** Something could not be sent or received; the socket goes on. */
  onError(error: Error): void
}

/** A bound socket, as much of one as a server needs. */
export interface BoundSocket {
  readonly address: ListenAddress
  /** Sends, or tells the receiver's `onError`; never throws. */
  send(datagram: Uint8Array, to: Endpoint): void
  /** Settles when the port is free again. */
  close(): Promise<void>
}

/** Binds a socket to an address or host name, and a port (0: any that is free). */
export type OpenSocket = (host: string, port: number, receiver: DatagramReceiver) => Promise<BoundSocket>
