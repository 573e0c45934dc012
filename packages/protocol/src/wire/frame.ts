import { utf8 } from '../text/platform.js'
import { Views } from './bytes.js'
import { signedCrc32 } from './crc32.js'
import { HEADER_BYTES, MAX_DATAGRAM_BYTES, type Problem } from './packet.js'

const B = 0x42
const E = 0x45
const MARKER = 0xff
const CHECKED_FROM = 6

// Datagrams are built and checked in this one buffer and copied out: creating a view of a new array of up to 64 bytes
// costs more than its checksum. No data outlives a call, and no call can interrupt another.
const buffer: Uint8Array = /* @__PURE__ */ emptyFrame()

const whole: Views = /* @__PURE__ */ new Views(buffer, 0)
const checked: Views = /* @__PURE__ */ new Views(buffer, CHECKED_FROM)
const sequencedBody: Uint8Array = /* @__PURE__ */ buffer.subarray(HEADER_BYTES + 2)

function emptyFrame(): Uint8Array {
  const bytes = new Uint8Array(MAX_DATAGRAM_BYTES)
  bytes[0] = B
  bytes[1] = E
  bytes[CHECKED_FROM] = MARKER
  return bytes
}

/** Frames a payload of `head` followed by `body` (P1). The caller ensures that it fits a datagram. */
export function frame(head: readonly number[], body: Uint8Array): Uint8Array {
  let length = HEADER_BYTES
  for (const byte of head) buffer[length++] = byte
  buffer.set(body, length)
  return framed(length + body.length)
}

/** The same as `frame([type, sequence], body)`, for less; a text is sent as UTF-8, and needs no array of its own. */
export function frameSequenced(type: number, sequence: number, body: Uint8Array | string): Uint8Array {
  buffer[HEADER_BYTES] = type
  buffer[HEADER_BYTES + 1] = sequence
  let { length } = body
  if (typeof body === 'string') length = utf8.encodeInto(body, sequencedBody).written
  else sequencedBody.set(body)
  return framed(HEADER_BYTES + 2 + length)
}

function framed(length: number): Uint8Array {
  const sum = signedCrc32(checked.to(length))
  buffer[2] = sum
  buffer[3] = sum >>> 8
  buffer[4] = sum >>> 16
  buffer[5] = sum >>> 24
  // Equivalent to `slice`, but faster.
  return new Uint8Array(whole.to(length))
}

/** What is wrong with the frame of a datagram, or `undefined` (P1). The payload begins at `HEADER_BYTES`. */
export function frameProblem(datagram: Uint8Array): Problem | undefined {
  const { length } = datagram
  if (length <= HEADER_BYTES) return 'too-short'
  if (datagram[0] !== B || datagram[1] !== E) return 'bad-magic'
  if (datagram[CHECKED_FROM] !== MARKER) return 'bad-marker'
  return checksum(datagram) === statedChecksum(datagram) ? undefined : 'bad-checksum'
}

/** The checksum that a datagram states, as a signed number, which the engine holds without an object of its own. */
export function statedChecksum(datagram: Uint8Array): number {
  return (
    (datagram[2] as number) |
    ((datagram[3] as number) << 8) |
    ((datagram[4] as number) << 16) |
    ((datagram[5] as number) << 24)
  )
}

// Above this length creating a view is cheaper than copying.
const COPIED_BYTES = 255
// Up to this length a loop is cheaper than the call of `set`.
const LOOP_BYTES = 24

function checksum(datagram: Uint8Array): number {
  const { length } = datagram
  if (length > COPIED_BYTES) return signedCrc32(datagram.subarray(CHECKED_FROM))
  // The bytes before the checked ones are the same in every datagram, or written again for the next.
  if (length > LOOP_BYTES) buffer.set(datagram)
  else for (let at = CHECKED_FROM; at < length; at++) buffer[at] = datagram[at] as number
  return signedCrc32(checked.to(length))
}
