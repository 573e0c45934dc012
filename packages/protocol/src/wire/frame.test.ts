import LIBRARY from 'crc-32'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeServerPacket } from './decode.js'
import { encodeServerPacket } from './encode.js'
import { MAX_DATAGRAM_BYTES } from './packet.js'

const FROM = 6
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ minLength: 200, maxLength: 3_000, size: 'max' }),
)

function stated(datagram: Uint8Array): number {
  return new DataView(datagram.buffer, datagram.byteOffset).getUint32(2, true)
}

it('a datagram states the checksum of its bytes, and any changed byte is noticed', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, place, change) => {
      const datagram = encodeServerPacket({ type: 'message', sequence: 7, bytes: given })
      expect(stated(datagram)).toBe(LIBRARY.buf(datagram.subarray(FROM)) >>> 0)
      const at = FROM + (place % (datagram.length - FROM))
      datagram[at] = (datagram[at] as number) ^ change
      expect(decodeServerPacket(datagram)).toMatchObject({ type: 'malformed' })
    }),
  )
})

it.each([MAX_DATAGRAM_BYTES, MAX_DATAGRAM_BYTES + 1, 100_000])(
  'a datagram of %i bytes is checked, though no network delivers more than 65,507',
  (length) => {
    const datagram = new Uint8Array(length).fill(0x61)
    datagram.set([0x42, 0x45, 0, 0, 0, 0, 0xff, 2, 9])
    expect(decodeServerPacket(datagram)).toMatchObject({ problem: 'bad-checksum' })
    new DataView(datagram.buffer).setInt32(2, LIBRARY.buf(datagram.subarray(FROM)), true)
    expect(decodeServerPacket(datagram)).toMatchObject({ type: 'message', sequence: 9 })
  },
)
