export type { ClientMessage, CloseMessage, HostMessage } from './message.js'
export { type Fault, readClientMessage, readHostMessage } from './read-message.js'
