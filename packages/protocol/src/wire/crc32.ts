import CRC32 from 'crc-32'

/**
 * The CRC-32 (IEEE 802.3) of the bytes as an unsigned number (P1).
 *
 * @example
 * ```ts
 * import { crc32 } from '@bercon/protocol'
 *
 * console.log(crc32(Uint8Array.of(0xff, 0x00, 0x01)).toString(16)) // 36dedd69
 * ```
 */
export function crc32(bytes: Uint8Array): number {
  return CRC32.buf(bytes) >>> 0
}

/** The same 32 bits as a signed number, which the engine holds without an object of its own. */
export function signedCrc32(bytes: Uint8Array): number {
  return CRC32.buf(bytes)
}
