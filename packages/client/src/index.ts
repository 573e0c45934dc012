/// <reference lib="esnext.disposable" preserve="true" />

export * from '@bercon/core'
export { systemClock } from '@bercon/core/kit'
export { type Lookup, UdpTransport, type UdpTransportOptions } from '#udp-transport'
export {
  AsyncRconClient,
  type AsyncRconClientOptions,
  Ban,
  Player,
  type Unlisten,
} from './async-rcon-client.js'
export type { ReceivedPacket, SentPacket } from './diagnostics.js'
export { Broadcast, type PoolResult, type ServerResult } from './pool/broadcast.js'
export { Limiter } from './pool/limiter.js'
export { ForwardingDispatcher, type PoolEvent, type PoolEvents } from './pool/pool-events.js'
export {
  type PoolClientOptions,
  type PoolServerOptions,
  RCON_POOL_DEFAULTS,
  type RconPoolSettings,
} from './pool/pool-options.js'
export { type BroadcastOptions, RconPool } from './pool/rcon-pool.js'
export {
  type CommandOutcome,
  type CommandTrace,
  type LoginTrace,
  type TracedClient,
  tracedExchange,
  tracedLogin,
} from './tracing.js'
