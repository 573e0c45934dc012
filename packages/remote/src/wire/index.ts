export { hostMessages } from '../host/host-connection.js'
export type { ClientMessage, CloseMessage, HostMessage } from './message.js'
export type { MessageCarrier } from './message-carrier.js'
export { type Fault, readClientMessage, readHostMessage } from './read-message.js'
