// The polynomial of IEEE 802.3, reflected.
const POLYNOMIAL = 0xedb88320
// Bytes taken at a time, each by a table of its own.
const SLICE = 8

const tables: Int32Array = /* @__PURE__ */ makeTables()

/**
 * The CRC-32 (IEEE 802.3) of the bytes, unsigned, as P1 wants it.
 *
 * @example
 * ```ts
 * import { crc32 } from '@bercon/protocol'
 *
 * console.log(crc32(Uint8Array.of(0xff, 0x00, 0x01)).toString(16)) // 36dedd69
 * ```
 */
export function crc32(bytes: Uint8Array): number {
  return crc32Of(bytes, 0, bytes.length)
}

/** The same of the bytes from `start` up to, not including, `end`: no view of them has to be made. */
export function crc32Of(bytes: Uint8Array, start: number, end: number): number {
  let crc = -1
  let at = start
  for (; at + SLICE <= end; at += SLICE)
    crc =
      entry(7, crc ^ (bytes[at] as number)) ^
      entry(6, (crc >>> 8) ^ (bytes[at + 1] as number)) ^
      entry(5, (crc >>> 16) ^ (bytes[at + 2] as number)) ^
      entry(4, (crc >>> 24) ^ (bytes[at + 3] as number)) ^
      entry(3, bytes[at + 4] as number) ^
      entry(2, bytes[at + 5] as number) ^
      entry(1, bytes[at + 6] as number) ^
      entry(0, bytes[at + 7] as number)
  for (; at < end; at++) crc = (crc >>> 8) ^ entry(0, crc ^ (bytes[at] as number))
  return ~crc >>> 0
}

function entry(table: number, index: number): number {
  return tables[(table << 8) | (index & 0xff)] as number
}

/** The table of one byte, then those of a byte with one to seven others behind it (slicing by 8). */
function makeTables(): Int32Array {
  const made = new Int32Array(SLICE * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? POLYNOMIAL ^ (crc >>> 1) : crc >>> 1
    made[byte] = crc
  }
  for (let index = 256; index < made.length; index++) {
    const before = made[index - 256] as number
    made[index] = (before >>> 8) ^ (made[before & 0xff] as number)
  }
  return made
}
