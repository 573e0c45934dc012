import { unshownArgument } from '@bercon/protocol'

// The readers on npm support one of the two formats each, and none is maintained; this file contains the part that is
// needed.

/** One frame of a capture, starting at its link layer. */
export interface Frame {
  /** When it was captured, in ms since 1970. */
  readonly at: number
  /** The kind of link, as tcpdump numbers them. */
  readonly linkType: number
  readonly bytes: Uint8Array
}

const PCAP_MICROSECONDS = 0xa1b2c3d4
const PCAP_NANOSECONDS = 0xa1b23c4d
const PCAP_HEADER_BYTES = 24
// The same in both byte orders.
const PCAPNG_SECTION = 0x0a0d0d0a
const PCAPNG_BYTE_ORDER = 0x1a2b3c4d
const INTERFACE_BLOCK = 1
const PACKET_BLOCK = 6
const TIME_RESOLUTION_OPTION = 9

// The latest time that a `Date` can hold: a capture may contain any number.
const LATEST_MS = 8.64e15

/**
 * The frames of a pcap or pcapng file, up to where it is truncated. @throws `RconError` with the code
 * `invalid-argument` for any other file.
 */
export function* readCapture(file: Uint8Array): Generator<Frame> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length >= PCAP_HEADER_BYTES) {
    if (view.getUint32(0) === PCAPNG_SECTION) return yield* readPcapng(view)
    for (const littleEndian of [true, false]) {
      const magic = view.getUint32(0, littleEndian)
      if (magic === PCAP_MICROSECONDS) return yield* readPcap(view, littleEndian, 1e3)
      if (magic === PCAP_NANOSECONDS) return yield* readPcap(view, littleEndian, 1e6)
    }
  }
  const expected = 'a capture in the pcap or pcapng format'
  const sentence = 'The file is neither pcap nor pcapng; save the capture in one of these formats'
  throw unshownArgument('file', file, expected, sentence)
}

function* readPcap(view: DataView, littleEndian: boolean, unitsPerMs: number): Generator<Frame> {
  const linkType = view.getUint32(20, littleEndian) & 0xffff
  for (let at = PCAP_HEADER_BYTES; at + 16 <= view.byteLength; ) {
    const seconds = view.getUint32(at, littleEndian)
    const fraction = view.getUint32(at + 4, littleEndian)
    const length = view.getUint32(at + 8, littleEndian)
    if (at + 16 + length > view.byteLength) return
    yield { at: seconds * 1e3 + fraction / unitsPerMs, linkType, bytes: bytesOf(view, at + 16, length) }
    at += 16 + length
  }
}

interface Interface {
  readonly linkType: number
  readonly unitsPerMs: number
}

function* readPcapng(view: DataView): Generator<Frame> {
  let littleEndian = true
  let interfaces: Interface[] = []
  for (let at = 0; at + 12 <= view.byteLength; ) {
    const isSection = view.getUint32(at) === PCAPNG_SECTION
    if (isSection) {
      littleEndian = view.getUint32(at + 8, true) === PCAPNG_BYTE_ORDER
      interfaces = []
    }
    const type = view.getUint32(at, littleEndian)
    const length = view.getUint32(at + 4, littleEndian)
    if (length < 12 || at + length > view.byteLength) return
    const block = new DataView(view.buffer, view.byteOffset + at, length)
    if (type === INTERFACE_BLOCK && length >= 20) interfaces.push(readInterface(block, littleEndian))
    if (type === PACKET_BLOCK && length >= 32) {
      const frame = readPacketBlock(block, littleEndian, interfaces)
      if (frame !== undefined) yield frame
    }
    at += length
  }
}

function readInterface(block: DataView, littleEndian: boolean): Interface {
  let unitsPerMs = 1e3
  // An option has 4 bytes of its own, and a value that is filled up to a multiple of 4.
  for (let at = 16; at + 8 <= block.byteLength - 4; ) {
    const size = block.getUint16(at + 2, littleEndian)
    if (block.getUint16(at, littleEndian) === TIME_RESOLUTION_OPTION && size >= 1) {
      const exponent = block.getUint8(at + 4)
      // The highest bit distinguishes powers of two from powers of ten.
      unitsPerMs = (exponent & 0x80 ? 2 ** (exponent & 0x7f) : 10 ** exponent) / 1e3
    }
    at += 4 + Math.ceil(size / 4) * 4
  }
  return { linkType: block.getUint16(8, littleEndian), unitsPerMs }
}

function readPacketBlock(
  block: DataView,
  littleEndian: boolean,
  interfaces: readonly Interface[],
): Frame | undefined {
  const from = interfaces[block.getUint32(8, littleEndian)]
  const captured = block.getUint32(20, littleEndian)
  if (from === undefined || captured > block.byteLength - 32) return undefined
  const units = block.getUint32(12, littleEndian) * 2 ** 32 + block.getUint32(16, littleEndian)
  const at = Math.min(units / from.unitsPerMs, LATEST_MS)
  return { at, linkType: from.linkType, bytes: bytesOf(block, 28, captured) }
}

function bytesOf(view: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + offset, length)
}
