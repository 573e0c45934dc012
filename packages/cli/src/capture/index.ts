export { UsageError } from '../usage-error.js'
export { type CapturedPacket, describeCapture } from './described-capture.js'
export { type DescribedPacket, describeDatagram, type Side } from './described-packet.js'
export { bytesOfHex } from './hex-bytes.js'
