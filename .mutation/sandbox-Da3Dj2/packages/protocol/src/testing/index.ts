// @ts-nocheck
export { settled, VirtualClock } from './virtual-clock.js'
export { Wire, type WireOptions } from './wire.js'
