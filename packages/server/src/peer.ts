import type { ServerSession } from '@bercon/protocol'
import type { Timed } from '@bercon/protocol/driver'
import type { Endpoint } from './bound-socket.js'

/** One login as the server sees it; a later login from the same address and port is another peer. */
export interface Peer extends Endpoint {
  /** Counts the logins of a server, from 1. */
  readonly id: number
  /** The number in its line `RCon admin #N (IP:PORT) logged in` (W2): the lowest that nobody logged in has. */
  readonly adminId: number
  /** Who logged in, as `authenticate` says; missing with a `password` for everybody. */
  readonly name?: string
}

/** What a server holds of a peer. */
export interface Seat extends Timed {
  readonly peer: Peer
  /** Its address and port in one; made once, because each datagram asks for it several times. */
  readonly key: string
  readonly session: ServerSession
  /** When the last datagram came from it. */
  heardAt: number
  droppedMessages: number
}

/** `IP:PORT`; brackets around IPv6, which no capture shows. */
export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** The first message after a login (W2). */
export function adminLoginLine(adminId: number, address: string, port: number): string {
  return `RCon admin #${adminId} (${endpoint(address, port)}) logged in`
}
