import { checkSetting, encodeText, passwordTooLong, passwordWithNul, unshownArgument } from '@bercon/protocol'
import type { CancelSignal } from '../cancel-signal.js'
import type { LoginRefusedError } from '../errors/login-errors.js'
import type { CommandRequest } from '../steps.js'
import type { ConnectionEvent } from './connection-event.js'
import type { ConnectionState } from './connection-state.js'
import type { ConnectionStatistics } from './connection-statistics.js'

// Far more than a server takes (32 characters are known), and far less than a datagram.
const MAX_PASSWORD_BYTES = 1_024

/** Where to log in. */
export interface Target {
  /** A name, an IPv4 or an IPv6 address. */
  readonly host: string
  /** RConPort, from 1 to 65535; not the game's port. */
  readonly port: number
  readonly password: string
}

/**
 * @throws {@link InvalidArgumentError} for a target that nobody could log in to. No value is shown but a port that is a
 * number: host, port and password can have changed places.
 */
export function checkTarget(target: Target): void {
  const { host, port, password } = target
  if (typeof host !== 'string' || host === '')
    throw unshownArgument(
      'host',
      host,
      'a host name or an IP address',
      'host must be a host name or an IP address',
    )
  if (/[[\]\s]|^[^:]+:[0-9]+$/.test(host))
    throw unshownArgument(
      'host',
      host,
      'a host name or an IP address, without brackets, spaces or port',
      'host contains brackets, a space or a port; pass the host name or IP address alone, and the port as the next argument',
    )
  checkSetting('port', port, { min: 1, max: 65_535, integer: true })
  if (typeof password !== 'string' || password === '')
    throw unshownArgument(
      'password',
      password,
      'a string that is not empty',
      'password must be a string that is not empty',
    )
  if (password.includes('\0')) throw passwordWithNul()
  if (encodeText(password).length > MAX_PASSWORD_BYTES) throw passwordTooLong(MAX_PASSWORD_BYTES)
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

/** What every client needs of its connection, whether an exchange returns a promise or blocks. */
export interface AnyConnection {
  readonly state: ConnectionState
  readonly statistics: ConnectionStatistics
  /** The refusal that ended the last try to log in. */
  readonly refusal: LoginRefusedError | undefined
  /** Sends a command and returns the text of its reply, whole. */
  exchange(request: CommandRequest, options?: CallOptions): unknown
  /** Calls the listener with every event from now on, in order; returns what ends that. A listener must not throw. */
  subscribe(listener: (event: ConnectionEvent) => void): () => void
}

/**
 * What every flavor of client wraps: one server, over as many logins as it takes. Only plain data passes through it,
 * texts and options in, reply texts, events and errors out, so that it can live in another thread or behind a socket.
 */
export interface Connection extends AnyConnection {
  /**
   * Settles once, when the connection has ended: with nothing after `close()`, with the refusal at a reconnect. After
   * `open` has been called again it is another promise.
   */
  readonly closed: Promise<Error | undefined>
  /** Logs in; fails when the password is refused, or nobody answers in time. */
  open(target: Target, options?: Pick<CallOptions, 'signal'>): Promise<void>
  exchange(request: CommandRequest, options?: CallOptions): Promise<string>
  /** Ends the connection at once; whatever waits fails with `ClosedError`. */
  close(): void
}
