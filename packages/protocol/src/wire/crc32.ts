const POLYNOMIAL = 0xedb88320

/**
 * The tables of CRC-32 for slicing by four: how a byte changes the checksum when 0, 1, 2 or 3 bytes follow it, with 256
 * entries for each.
 */
export const CRC_TABLES: Int32Array = /* @__PURE__ */ newTables()

function newTables(): Int32Array {
  const tables = new Int32Array(4 * 256)
  for (let at = 0; at < tables.length; at++) {
    let sum = at < 256 ? at : (tables[at - 256] as number)
    if (at >= 256) sum = (sum >>> 8) ^ (tables[sum & 0xff] as number)
    else for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1
    tables[at] = sum
  }
  return tables
}

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
  let sum = -1
  for (let at = 0; at < bytes.length; at++)
    sum = (sum >>> 8) ^ (CRC_TABLES[(sum ^ (bytes[at] as number)) & 0xff] as number)
  return ~sum >>> 0
}
