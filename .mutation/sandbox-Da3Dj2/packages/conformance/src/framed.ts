// @ts-nocheck
import { crc32, HEADER_BYTES } from '@bercon/protocol'

/** A datagram with this payload and the right header (P1), also around what is no packet. */
export function framed(payload: Uint8Array): Uint8Array {
  const datagram = new Uint8Array(HEADER_BYTES + payload.length)
  datagram.set([0x42, 0x45, 0, 0, 0, 0, 0xff])
  datagram.set(payload, HEADER_BYTES)
  new DataView(datagram.buffer).setUint32(2, crc32(datagram.subarray(6)), true)
  return datagram
}
