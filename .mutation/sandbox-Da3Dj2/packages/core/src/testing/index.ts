// @ts-nocheck
export { settled, VirtualClock } from '@bercon/protocol/testing'
export { type MemoryPeer, type MemorySocket, MemoryTransport } from './memory-transport.js'
