// @ts-nocheck
import { checkMethods } from '@bercon/protocol'
import type { Clock as DriverClock } from '@bercon/protocol/driver'
import type { CancelSignal } from '../cancel-signal.js'
import type { Dialect } from './dialect.js'

/** The parts of a connection. */
export interface ConnectionParts {
  readonly transport: Transport
  readonly clock: ClientClock
  /** @default battleye */
  readonly dialect?: Dialect | undefined
  /** Returns numbers from 0 up to 1, for the jitter of reconnects. @default Math.random */
  readonly random?: (() => number) | undefined
}

/** The clock of a connection: one time that never goes backwards, and one for people. */
export interface ClientClock extends DriverClock {
  /** Milliseconds since 1970. */
  wallNow(): number
}

/** Carries datagrams, such as `UdpTransport` of `@bercon/client`, or `MemoryTransport` for tests. */
export interface Transport {
  /** The addresses of a host, in the order in which to try them. */
  resolve(host: string, signal?: CancelSignal): Promise<readonly string[]>
  /** Opens a socket to one address. */
  open(address: string, port: number, receiver: Receiver): Promise<ConnectedSocket>
}

/** A socket that sends to one server and receives from it alone. */
export interface ConnectedSocket {
  /** Sends one datagram; errors are reported to `onError`. */
  send(datagram: Uint8Array): void
  /** Closes the socket; it receives no more datagrams. */
  close(): void
}

/** The callbacks of a socket. It must not call them before `open` has returned it. */
export interface Receiver {
  /** A datagram was received. */
  readonly onDatagram: (datagram: Uint8Array) => void
  /** An error that may be temporary, such as "port unreachable" (W1). */
  readonly onError: (error: Error) => void
}

/** @throws {@link InvalidArgumentError} naming a part that lacks a method. */
export function checkParts({ transport, clock, dialect }: ConnectionParts): void {
  checkMethods('transport', transport, ['resolve', 'open'])
  checkMethods('clock', clock, ['now', 'wallNow', 'setTimer'])
  if (dialect !== undefined) checkMethods('dialect', dialect, ['createSession'])
}
