// @ts-nocheck
export { type MessagePortLike, messagePortChannel } from './channels/message-port-channel.js'
export type { TextChannel } from './channels/text-channel.js'
export { type WebSocketLike, webSocketChannel } from './channels/web-socket-channel.js'
export {
  connectGateway,
  type GatewayOptions,
  SUBPROTOCOL,
  TOKEN_SUBPROTOCOL,
  type WebSocketClass,
} from './gateway.js'
export { type HostedChannel, hostConnection, refuseChannel } from './host/host-connection.js'
export { HOST_LIMITS, type HostLimits, type HostOptions } from './host/host-options.js'
export { RemoteConnection } from './remote/remote-connection.js'
export { REMOTE_DEFAULTS, type RemoteOptions, type RemoteSettings } from './remote/remote-options.js'
export type { ClientMessage, CloseMessage, HostMessage } from './wire/message.js'
