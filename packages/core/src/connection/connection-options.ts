import {
  ANY_DURATION,
  CLIENT_SESSION_DEFAULTS,
  type ClientSessionOptions,
  checkEncoding,
  checkOptions,
  clientSessionOptions,
  DEFAULT_ENCODING,
} from '@bercon/protocol'

/** How a connection behaves: its sessions, and what happens between them. */
export interface ConnectionOptions extends ClientSessionOptions {
  /**
   * Time before the first login after a lost one, in ms; each further wait is twice as long.
   * @default 1000
   */
  readonly reconnectDelayMs: number
  /**
   * The longest such wait in ms.
   * @default 30000
   */
  readonly maxReconnectDelayMs: number
  /**
   * How much of a wait is left to chance, from 0 to 1, so that many clients do not come back at the same moment: at
   * 0.5 a wait of 10 s is one of 5 to 10 s.
   * @default 0.5
   */
  readonly reconnectJitter: number
  /**
   * Time between two `players` commands of the connection's own, in ms, which keep the list of players right and the
   * login alive; one is sent at each login as well. 0 for none at all: then the list lives on messages alone.
   * @default 60000
   */
  readonly playersIntervalMs: number
  /**
   * The encoding of what the server sends that is not UTF-8 (W6), such as `windows-1251` for Russian servers: any that
   * `TextDecoder` knows and that leaves ASCII as it is. What is sent is UTF-8.
   * @default 'windows-1252'
   */
  readonly encoding: string
}

/** What a connection does unless told otherwise. */
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
 * The options with the defaults under them.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range or unknown.
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

/** The part of the options that belongs to a session, which refuses any other. */
export function sessionOptions(options: ConnectionOptions): ClientSessionOptions {
  const { reconnectDelayMs, maxReconnectDelayMs, reconnectJitter, playersIntervalMs, encoding, ...session } =
    options
  return session
}
