// @ts-nocheck
export { type CapturedPacket, describeCapture } from './described-capture.js'
export { bytesOfHex, type DescribedPacket, describeDatagram, type Side } from './described-packet.js'
