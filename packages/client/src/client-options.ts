import type { ClientClock, ConnectionOptions, Kind } from '@bercon/core'
import {
  type ClientExtras,
  type ClientParts,
  type Connection,
  type Dialect,
  ServerConnection,
  type Transport,
  unshownArgument,
} from '@bercon/core/kit'
import { UdpTransport } from '#udp-transport'
import { systemClock } from './system-clock.js'

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

/**
 * Builds the parts of a client from its options, for flavors whose connection runs in the same thread.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range, unknown, or without effect beside a connection;
 * `transport` if neither a transport nor a connection is passed and there is no UDP.
 */
export function clientParts<K extends Kind>(options: ClientOptions<K>): ClientParts<K, Connection> {
  const { cache, dispatch, transport, clock = systemClock, dialect, connection, ...settings } = options
  if (connection === undefined) {
    const made = { transport: transport ?? new UdpTransport(), clock, dialect }
    return { cache, dispatch, clock, connection: new ServerConnection(made, settings) }
  }
  for (const [name, value] of Object.entries({ transport, dialect, ...settings }))
    if (value !== undefined)
      throw unshownArgument(
        name,
        value,
        'undefined',
        `${name} has no effect beside a connection; leave one of them out`,
      )
  return { cache, dispatch, clock, connection }
}
