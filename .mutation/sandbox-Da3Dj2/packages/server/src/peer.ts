// @ts-nocheck
import type { ServerSession } from '@bercon/protocol'
import type { Timed } from '@bercon/protocol/driver'
import type { Endpoint } from './bound-socket.js'

/** One login, from the server's view. A later login from the same address and port is another peer. */
export interface Peer extends Endpoint {
  /** Counts the logins of a server from 1. */
  readonly id: number
  /** The number in its line `RCon admin #N (IP:PORT) logged in` (W2): the lowest free one. */
  readonly adminId: number
  /** The user that `authenticate` returned; missing if the server has one password for everybody. */
  readonly name?: string
}

/** What a server stores for a peer. */
export interface Seat extends Timed {
  readonly peer: Peer
  /** Its address and port as one text, created once because each datagram uses it several times. */
  readonly key: string
  readonly session: ServerSession
  /** When its last datagram was received. */
  heardAt: number
  droppedMessages: number
}

/** `IP:PORT`; with brackets around IPv6, which no capture shows. */
export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** The first message after a login (W2). */
export function adminLoginLine(adminId: number, address: string, port: number): string {
  return `RCon admin #${adminId} (${endpoint(address, port)}) logged in`
}
