// @ts-nocheck
/// <reference lib="esnext.disposable" preserve="true" />

export type { Clock } from '@bercon/protocol/driver'
export type {
  BoundSocket,
  DatagramReceiver,
  Endpoint,
  ListenAddress,
  OpenSocket,
} from './bound-socket.js'
export { MemoryNetwork } from './memory-network.js'
export type { Peer } from './peer.js'
export { RconServer } from './rcon-server.js'
export type { ForgottenReason, IgnoredReason, RconServerEvent } from './server-event.js'
export {
  type AdmissionOptions,
  type Identity,
  type ListenOptions,
  RCON_SERVER_DEFAULTS,
  type RconServerOptions,
  type RconServerSettings,
  type Reply,
} from './server-options.js'
export type { RconServerState } from './server-state.js'
export { openUdpSocket } from './udp-socket.js'
