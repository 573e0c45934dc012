// @ts-nocheck
import {
  ANY_DURATION,
  CLIENT_SESSION_DEFAULTS,
  type ClientSessionOptions,
  checkEncoding,
  checkOptions,
  clientSessionOptions,
  DEFAULT_ENCODING,
} from '@bercon/protocol'

/** Options of a connection, including those of its sessions. */
export interface ConnectionOptions extends ClientSessionOptions {
  /**
   * Wait before the first reconnect, in ms; each further wait is twice as long.
   * @default 1000
   */
  readonly reconnectDelayMs: number
  /**
   * Longest wait before a reconnect, in ms.
   * @default 30000
   */
  readonly maxReconnectDelayMs: number
  /**
   * The random share of a wait, from 0 to 1, so that many clients do not reconnect at the same moment: with 0.5, a wait
   * of 10 s takes 5 to 10 s.
   * @default 0.5
   */
  readonly reconnectJitter: number
  /**
   * Time between two `players` commands that the connection sends by itself, in ms. They keep the list of players
   * correct and the login alive; one is also sent at each login. 0 sends none: the list then depends on messages alone.
   * @default 60000
   */
  readonly playersIntervalMs: number
  /**
   * The encoding of received bytes that are not UTF-8 (W6), such as `windows-1251` for Russian servers: any that
   * `TextDecoder` knows and that leaves ASCII unchanged. The client sends UTF-8.
   * @default 'windows-1252'
   */
  readonly encoding: string
}

/** The default options of a connection. */
export const CONNECTION_DEFAULTS: ConnectionOptions = /* @__PURE__ */ connectionDefaults()

function connectionDefaults(): ConnectionOptions {
  return {
    ...CLIENT_SESSION_DEFAULTS,
    reconnectDelayMs: 1_000,
    maxReconnectDelayMs: 30_000,
    reconnectJitter: 0.5,
    playersIntervalMs: 60_000,
    encoding: DEFAULT_ENCODING,
  }
}

/**
 * Merges the options over the defaults.
 *
 * @throws {@link InvalidArgumentError} naming an option that is unknown or out of range.
 */
export function connectionOptions(given: Partial<ConnectionOptions>): ConnectionOptions {
  const options = checkOptions(given, CONNECTION_DEFAULTS, {
    reconnectDelayMs: ANY_DURATION,
    maxReconnectDelayMs: ANY_DURATION,
    reconnectJitter: { min: 0, max: 1 },
    playersIntervalMs: ANY_DURATION,
  })
  checkEncoding(options.encoding)
  clientSessionOptions(sessionOptions(options))
  return options
}

/** The options that belong to a session, which refuses all others. */
export function sessionOptions(options: ConnectionOptions): ClientSessionOptions {
  const { reconnectDelayMs, maxReconnectDelayMs, reconnectJitter, playersIntervalMs, encoding, ...session } =
    options
  return session
}
