import {
  checkNames,
  checkSetting,
  encodeText,
  passwordTooLong,
  passwordWithNul,
  unshownArgument,
} from '@bercon/protocol'
import { type CancelSignal, checkSignal } from '../cancel-signal.js'
import type { LoginRefusedError } from '../errors/login-errors.js'
import type { Command, CommandRequest } from '../steps.js'
import type { ConnectionEvent } from './connection-event.js'
import type { ConnectionState } from './connection-state.js'
import type { ConnectionStatistics } from './connection-statistics.js'

// Far more than any server accepts (32 characters are known), and far less than a datagram.
const MAX_PASSWORD_BYTES = 1_024

/** Where to log in. */
export interface Target {
  /** A name, an IPv4 or an IPv6 address. */
  readonly host: string
  /** The RCON port (`RConPort`), from 1 to 65535; not the game's port. */
  readonly port: number
  readonly password: string
}

/**
 * Checks where to log in. An error shows only a port that is a number: host, port and password may be in the wrong
 * order.
 *
 * @throws {@link InvalidArgumentError} for an invalid host, port or password.
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

/**
 * Checks the arguments of `open`.
 *
 * @throws as {@link checkTarget}; {@link InvalidArgumentError} for bad options; the reason of a signal that is aborted.
 */
export function checkOpening(target: Target, options: Pick<CallOptions, 'signal'>): void {
  checkTarget(target)
  checkNames(options, ['signal'])
  checkSignal(options.signal)
  if (options.signal?.aborted) throw options.signal.reason
}

/** Options of every call that waits. */
export interface CallOptions {
  /**
   * Deadline in ms from the call, including queue and reconnects.
   * @default 30000 for a command that may be sent again, 10000 for others
   */
  readonly timeoutMs?: number | undefined
  /** Cancels the call at once; it fails with the signal's reason. */
  readonly signal?: CancelSignal | undefined
}

/** Options of `sendCommand`. */
export interface SendOptions extends CallOptions {
  /**
   * Whether it may be sent again, and so be executed twice (W7).
   * @default false
   */
  readonly resend?: boolean
}

/** What every client needs of its connection, whether `exchange` returns a promise or blocks. */
export interface AnyConnection {
  readonly state: ConnectionState
  readonly statistics: ConnectionStatistics
  /** The refusal that ended the last login attempt. */
  readonly refusal: LoginRefusedError | undefined
  /** Sends a command and returns the complete text of its reply. */
  exchange(request: CommandRequest, options?: CallOptions): unknown
  /**
   * Calls the listener with every later event, in order. Returns a function that unsubscribes it. A listener must not
   * throw.
   *
   * @param wantsReply Called with the text of each command that is answered: where it returns `false`, the connection
   * may omit the `command` event, because a busy client would create thousands of them for nobody.
   */
  subscribe(listener: (event: ConnectionEvent) => void, wantsReply?: (command: string) => boolean): () => void
  /** A client calls it when its `wantsReply` may answer differently, for a connection that asks for events far away. */
  wantsChanged?(): void
  /**
   * When the server last showed that it knew the client, in ms since 1970, for a listener that does not want every
   * reply. At `connect` still that of the login before.
   */
  readonly heardAt?: number | undefined
}

/**
 * The connection that every flavor of client wraps: one server, over any number of logins. It exchanges only plain data
 * (texts and options in; reply texts, events and errors out), so it can run in another thread or behind a socket.
 */
export interface Connection extends AnyConnection {
  /**
   * Settles once the connection has ended: with `undefined` after `close()`, with the refusal after a refused
   * reconnect. Each call of `open` after an end creates a new promise.
   */
  readonly closed: Promise<Error | undefined>
  /** Logs in. Fails if the password is refused, or the server does not answer in time. */
  open(target: Target, options?: Pick<CallOptions, 'signal'>): Promise<void>
  exchange(request: CommandRequest, options?: CallOptions): Promise<string>
  /**
   * Sends a command and returns what its `parse` makes of the reply. Only a connection in the same thread has it, where
   * it saves two promises.
   */
  ask?<T>(command: Command<T>, options?: CallOptions): Promise<T>
  /** Ends the connection at once; waiting commands fail with `ClosedError`. */
  close(): void
}
