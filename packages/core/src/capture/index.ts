export { anonymousCapture } from './anonymous-capture.js'
export {
  type CapturedPacket,
  describeCapture,
  readDatagrams,
  type SidedDatagram,
} from './described-capture.js'
export { bytesOfHex, type DescribedPacket, describeDatagram, type Side } from './described-packet.js'
export type { CapturedDatagram } from './udp-datagram.js'
export { captureBlock, captureHead } from './written-capture.js'
