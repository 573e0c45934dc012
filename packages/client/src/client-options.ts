import {
  type ClientParts,
  type Clock,
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
export interface ClientOptions<K extends Kind> extends Partial<ConnectionOptions>, ClientParts<K> {
  /** @default new UdpTransport() */
  readonly transport?: Transport | undefined
  /** @default the machine's own */
  readonly clock?: Clock | undefined
  /** @default battleye */
  readonly dialect?: Dialect | undefined
  /** A connection made elsewhere; transport, dialect and the connection's options are refused beside it. */
  readonly connection?: Connection | undefined
}

/** What a client works with, as its options say. */
export interface ClientSetup<K extends Kind> {
  readonly parts: ClientParts<K>
  readonly clock: Clock
  readonly connection: Connection
}

/**
 * What the options of a client come down to, for flavours that run over a connection in the same thread.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range, unknown, or in vain beside a connection.
 */
export function clientSetup<K extends Kind>(options: ClientOptions<K>): ClientSetup<K> {
  const { cache, dispatch, transport, clock = systemClock, dialect, connection, ...settings } = options
  const parts = { cache, dispatch }
  if (connection === undefined) {
    const made = { transport: transport ?? new UdpTransport(), clock, dialect }
    return { parts, clock, connection: new ServerConnection(made, settings) }
  }
  for (const [name, value] of Object.entries({ transport, dialect, ...settings }))
    if (value !== undefined) throw unshownArgument(name, value, 'left out beside a connection')
  return { parts, clock, connection }
}
