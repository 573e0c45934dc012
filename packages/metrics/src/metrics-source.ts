import { type ConnectionStatistics, InvalidArgumentError, type ServerMessageEvent } from '@bercon/client'

/** What is read of a client; those of `@bercon/client` and `@bercon/rx` have it. */
export interface MeteredClient {
  readonly statistics: ConnectionStatistics
  readonly cache: { readonly players: { readonly size: number } }
  /** Whether the client has a login. */
  isConnected(): boolean
  /** Subscribes to an event. Returns a function that unsubscribes. */
  listen(name: ServerMessageEvent['type'], listener: (event: object) => void): () => void
}

/** Clients by the names of their servers, which may come and go; an `RconPool` is one. */
export interface MeteredServers {
  readonly names: Iterable<string>
  /** The client of a server, `undefined` if there is none by that name. */
  get(name: string): MeteredClient | undefined
  /** Subscribes to an event of every server. Returns a function that unsubscribes. */
  listen(name: ServerMessageEvent['type'], listener: (event: { readonly server: string }) => void): () => void
}

/** What has such servers, as a gateway does. */
export interface GatewaySource {
  readonly servers: MeteredServers
}

/** What can be measured: one client, the clients of a pool, or those of a gateway. */
export type MetricsSource = MeteredClient | MeteredServers | GatewaySource

/**
 * The servers of a source; a client alone is one server with the name given.
 *
 * @throws {@link InvalidArgumentError} for what is none of them.
 */
export function serversOf(source: MetricsSource, server: string): MeteredServers {
  if (typeof source !== 'object' || source === null) throw noSource(source)
  if ('servers' in source) return serversOf(source.servers, server)
  if ('names' in source) return source
  if (!('statistics' in source) || !('listen' in source)) throw noSource(source)
  return {
    names: [server],
    get: () => source,
    listen: (name, listener) => source.listen(name, () => listener({ server })),
  }
}

function noSource(source: unknown): InvalidArgumentError {
  return new InvalidArgumentError('source', source, 'a client, a pool, or a gateway with servers')
}
