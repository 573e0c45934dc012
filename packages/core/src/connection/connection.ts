import type { CancelSignal } from '../cancel-signal.js'
import type { Request } from '../steps.js'
import type { ConnectionEvent } from './connection-event.js'
import type { ConnectionState } from './connection-state.js'
import type { ConnectionStatistics } from './connection-statistics.js'

/** Where to log in. */
export interface Target {
  /** A name, an IPv4 or an IPv6 address. */
  readonly host: string
  /** RConPort, from 1 to 65535; not the game's port. */
  readonly port: number
  readonly password: string
}

/** What any waiting call takes. */
export interface CallOptions {
  /**
   * Deadline in ms from the call, through the queue and reconnects too.
   * @default 30000 for what may be sent again, 10000 for what may not
   */
  readonly timeoutMs?: number | undefined
  /** Gives the wait up at once; the call fails with the signal's reason. */
  readonly signal?: CancelSignal | undefined
}

/** What `sendCommand` takes. */
export interface SendOptions extends CallOptions {
  /**
   * Whether it may be sent again, and so be executed twice (W7).
   * @default false
   */
  readonly resend?: boolean
}

/**
 * What every flavour of client wraps: one server, over as many logins as it takes. Only plain data passes through it,
 * texts and options in, reply texts, events and errors out, so that it can live in another thread or behind a socket.
 */
export interface Connection {
  readonly state: ConnectionState
  readonly statistics: ConnectionStatistics
  /** Settles once, when the connection has ended: with nothing after `close()`, with the refusal at a reconnect. */
  readonly closed: Promise<Error | undefined>
  /** Logs in; fails when the password is refused, or nobody answers in time. */
  open(target: Target, options?: Pick<CallOptions, 'signal'>): Promise<void>
  /** Sends a command and gives the text of its reply, whole. */
  exchange(request: Request, options?: CallOptions): Promise<string>
  /** Ends the connection at once; whatever waits fails with `ClosedError`. */
  close(): void
  /** Tells every event from now on, in order; gives what ends it. A listener must not throw. */
  subscribe(listener: (event: ConnectionEvent) => void): () => void
}
