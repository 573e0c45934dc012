import {
  type ClientClock,
  type ClientExtras,
  type ClientParts,
  type Connection,
  type ConnectionOptions,
  type Dialect,
  type Kind,
  ServerConnection,
  type Transport,
  unshownArgument,
} from '@bercon/core'
import { UdpTransport } from '#udp-transport'
import { systemClock } from './system-clock.js'

/** What a client is made with; every part has a default. */
export interface ClientOptions<K extends Kind> extends Partial<ConnectionOptions>, ClientExtras<K> {
  /** @default new UdpTransport() */
  readonly transport?: Transport | undefined
  /** @default the machine's own */
  readonly clock?: ClientClock | undefined
  /** @default battleye */
  readonly dialect?: Dialect | undefined
  /** A connection made elsewhere; transport, dialect and the connection's options are refused beside it. */
  readonly connection?: Connection | undefined
}

/**
 * The parts of a client, as its options say, for flavours that run over a connection in the same thread.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range, unknown, or in vain beside a connection;
 * `transport` where there is neither one nor a connection, and no UDP.
 */
export function clientParts<K extends Kind>(options: ClientOptions<K>): ClientParts<K, Connection> {
  const { cache, dispatch, transport, clock = systemClock, dialect, connection, ...settings } = options
  if (connection === undefined) {
    const made = { transport: transport ?? new UdpTransport(), clock, dialect }
    return { cache, dispatch, clock, connection: new ServerConnection(made, settings) }
  }
  for (const [name, value] of Object.entries({ transport, dialect, ...settings }))
    if (value !== undefined) throw unshownArgument(name, value, 'left out beside a connection')
  return { cache, dispatch, clock, connection }
}
