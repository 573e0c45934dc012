import type { ServerSession } from '@bercon/protocol'
import type { Timed } from '@bercon/protocol/driver'
import type { Endpoint } from './datagram-socket.js'

/** One login as the server sees it; a later login from the same address and port is another peer. */
export interface Peer extends Endpoint {
  /** Counts the logins of a server, from 1. */
  readonly id: number
}

/** What a server holds of a peer. */
export interface Seat extends Timed {
  readonly peer: Peer
  readonly session: ServerSession
  droppedMessages: number
}
