import { checkMethods } from '@bercon/protocol'
import type { Clock as DriverClock } from '@bercon/protocol/driver'
import type { CancelSignal } from '../cancel-signal.js'
import type { Dialect } from './dialect.js'

/** What a connection is made of. */
export interface ConnectionParts {
  readonly transport: Transport
  readonly clock: ClientClock
  /** @default battleye */
  readonly dialect?: Dialect | undefined
  /** Numbers from 0 up to 1, for the jitter of reconnects. @default Math.random */
  readonly random?: (() => number) | undefined
}

/** Time as a connection sees it: one clock that never goes backwards, and one for people. */
export interface ClientClock extends DriverClock {
  /** Milliseconds since 1970. */
  wallNow(): number
}

/** How datagrams travel. `UdpTransport` of `@bercon/client` is one, `MemoryTransport` for tests another. */
export interface Transport {
  /** The addresses of a host, in the order in which they should be tried. */
  resolve(host: string, signal?: CancelSignal): Promise<readonly string[]>
  /** A socket for one address. */
  open(address: string, port: number, receiver: Receiver): Promise<ConnectedSocket>
}

/** A socket that sends to one server and hears nobody else. */
export interface ConnectedSocket {
  /** Sends one datagram; what goes wrong is told by `onError`. */
  send(datagram: Uint8Array): void
  /** Frees it; nothing is received afterwards. */
  close(): void
}

/** What a socket tells its owner; neither may be called before `open` has returned the socket. */
export interface Receiver {
  /** A datagram has come. */
  readonly onDatagram: (datagram: Uint8Array) => void
  /** Something went wrong that the datagrams' sender may outlive, such as "port unreachable" (W1). */
  readonly onError: (error: Error) => void
}

/** @throws {@link InvalidArgumentError} naming the part that lacks a method. */
export function checkParts({ transport, clock, dialect }: ConnectionParts): void {
  checkMethods('transport', transport, ['resolve', 'open'])
  checkMethods('clock', clock, ['now', 'wallNow', 'setTimer'])
  if (dialect !== undefined) checkMethods('dialect', dialect, ['createSession'])
}
