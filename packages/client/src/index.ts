export * from '@bercon/core'
export { AsyncRconClient, type AsyncRconClientOptions, type Unlisten } from './async-rcon-client.js'
export { systemClock } from './system-clock.js'
export { type Lookup, UdpTransport, type UdpTransportOptions } from './udp-transport.js'
