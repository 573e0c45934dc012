// @ts-nocheck
import { checkNames, unshownArgument } from '@bercon/protocol'
import type { Connection } from '../connection/connection.js'
import { CONNECTION_DEFAULTS, type ConnectionOptions } from '../connection/connection-options.js'
import type { ClientClock, Transport } from '../connection/connection-parts.js'
import type { Dialect } from '../connection/dialect.js'
import { ServerConnection } from '../connection/server-connection.js'
import type { Kind } from '../performer.js'
import type { ClientExtras, ClientParts } from './client-base.js'

/** Options of a client; each has a default. */
export interface ClientOptions<K extends Kind> extends Partial<ConnectionOptions>, ClientExtras<K> {
  /** @default new UdpTransport() */
  readonly transport?: Transport | undefined
  /** @default the system clock */
  readonly clock?: ClientClock | undefined
  /** @default battleye */
  readonly dialect?: Dialect | undefined
  /** An existing connection; `transport`, `dialect` and the connection's options are refused beside it. */
  readonly connection?: Connection | undefined
}

/** What the platform provides when the options name no transport or clock. */
export interface ClientPlatform {
  /** Called only if there is no connection. */
  readonly newTransport: () => Transport
  readonly clock: ClientClock
}

/** The names of the options of a client; those of the connection come first. */
export const CLIENT_OPTION_NAMES: readonly string[] = /* @__PURE__ */ Object.keys(CONNECTION_DEFAULTS).concat(
  ...['transport', 'clock', 'dialect', 'connection', 'cache', 'dispatch'],
)

/**
 * Builds the parts of a client from its options, for flavors whose connection runs in the same thread.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range, unknown, or without effect beside a connection;
 * the error of `newTransport` if neither a transport nor a connection is passed.
 * @example
 * ```ts
 * import { systemClock, UdpTransport } from '@bercon/client'
 * import { clientParts } from '@bercon/core/kit'
 *
 * const platform = { newTransport: () => new UdpTransport(), clock: systemClock }
 * console.log(clientParts({ keepAliveMs: 10_000 }, platform).connection.state) // idle
 * ```
 */
export function clientParts<K extends Kind>(
  options: ClientOptions<K>,
  platform: ClientPlatform,
): ClientParts<K, Connection> {
  checkNames(options, CLIENT_OPTION_NAMES)
  const { cache, dispatch, transport, clock = platform.clock, dialect, connection, ...settings } = options
  if (connection === undefined) {
    const made = { transport: transport ?? platform.newTransport(), clock, dialect }
    return { cache, dispatch, clock, connection: new ServerConnection(made, settings) }
  }
  for (const [name, value] of Object.entries({ transport, dialect, ...settings }))
    if (value !== undefined)
      throw unshownArgument(
        name,
        value,
        'undefined',
        `The connection that you pass already has its own settings; leave out ${name}, or leave out connection`,
      )
  return { cache, dispatch, clock, connection }
}
