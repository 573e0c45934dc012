import { crc32 } from './crc32.js'
import { HEADER_BYTES, MAX_DATAGRAM_BYTES, type Problem } from './packet.js'

const B = 0x42
const E = 0x45
const MARKER = 0xff
const CHECKED_FROM = 6

// Datagrams are built and checked in this one buffer and copied out: a view of a fresh array of up to 64 bytes
// costs more than the checksum of it. Nothing here is kept between two calls, and no call can interrupt another.
const buffer = new Uint8Array(MAX_DATAGRAM_BYTES)
buffer[0] = B
buffer[1] = E
buffer[CHECKED_FROM] = MARKER

// The checksum wants a view of its own for each length; those of everyday packets are made once.
const VIEWED_LENGTHS = 256
const views: (Uint8Array | undefined)[] = new Array(VIEWED_LENGTHS).fill(undefined)

function checkedView(length: number): Uint8Array {
  if (length >= VIEWED_LENGTHS) return buffer.subarray(CHECKED_FROM, length)
  const view = views[length] ?? buffer.subarray(CHECKED_FROM, length)
  views[length] = view
  return view
}

// Below this a loop is quicker than `set`, which has to be called with a view.
const LOOP_BYTES = 64

/**
 * Frames a payload of `head` followed by `body` (P1).
 * The caller has made sure that all of it fits a datagram.
 */
export function frame(head: readonly number[], body: Uint8Array): Uint8Array {
  let length = HEADER_BYTES
  for (const byte of head) buffer[length++] = byte
  if (body.length > LOOP_BYTES) buffer.set(body, length)
  else for (let i = 0; i < body.length; i++) buffer[length + i] = body[i] as number
  length += body.length
  const sum = crc32(checkedView(length))
  buffer[2] = sum
  buffer[3] = sum >>> 8
  buffer[4] = sum >>> 16
  buffer[5] = sum >>> 24
  return buffer.slice(0, length)
}

/** What is wrong with the frame of a datagram, or nothing (P1). The payload begins at `HEADER_BYTES`. */
export function frameProblem(datagram: Uint8Array): Problem | undefined {
  const { length } = datagram
  if (length <= HEADER_BYTES) return 'too-short'
  if (datagram[0] !== B || datagram[1] !== E) return 'bad-magic'
  if (datagram[CHECKED_FROM] !== MARKER) return 'bad-marker'
  const stated =
    ((datagram[2] as number) |
      ((datagram[3] as number) << 8) |
      ((datagram[4] as number) << 16) |
      ((datagram[5] as number) << 24)) >>>
    0
  return checksum(datagram) === stated ? undefined : 'bad-checksum'
}

function checksum(datagram: Uint8Array): number {
  const { length } = datagram
  if (length >= VIEWED_LENGTHS) return crc32(datagram.subarray(CHECKED_FROM))
  for (let i = HEADER_BYTES; i < length; i++) buffer[i] = datagram[i] as number
  return crc32(checkedView(length))
}

/** A copy of the datagram's bytes from `start` on, which no reuse of the datagram's memory can change. */
export function bytesFrom(datagram: Uint8Array, start: number): Uint8Array {
  // Not `slice`: that of a Node `Buffer` is a view of the same memory.
  const bytes = new Uint8Array(datagram.length - start)
  if (bytes.length > LOOP_BYTES) bytes.set(datagram.subarray(start))
  else for (let i = 0; i < bytes.length; i++) bytes[i] = datagram[start + i] as number
  return bytes
}
