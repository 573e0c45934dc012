// @ts-nocheck
import { RconError } from '../errors.js'
import { encodeServerPacket } from '../wire/encode.js'
import { MAX_PART_BYTES } from './server-options.js'

const MAX_PARTS = 255

/**
 * The datagrams of a reply: one, or parts of `partBytes`; larger parts if there would be more than 255 (P6, W14).
 *
 * @throws {@link RconError} `reply-too-large` if it exceeds 255 parts of the largest size. A reply is never cut.
 */
export function responseDatagrams(sequence: number, bytes: Uint8Array, partBytes: number): Uint8Array[] {
  if (bytes.length <= partBytes) return [encodeServerPacket({ type: 'response', sequence, bytes })]
  const size = Math.max(partBytes, Math.ceil(bytes.length / MAX_PARTS))
  if (size > MAX_PART_BYTES) {
    const most = MAX_PARTS * MAX_PART_BYTES
    throw new RconError(
      'reply-too-large',
      `A reply of ${bytes.length} bytes is too long: the protocol allows at most ${most}; shorten it or split it into pages`,
    )
  }
  const total = Math.ceil(bytes.length / size)
  return Array.from({ length: total }, (_, index) => {
    const part = bytes.subarray(index * size, (index + 1) * size)
    return encodeServerPacket({ type: 'response-part', sequence, total, index, bytes: part })
  })
}
