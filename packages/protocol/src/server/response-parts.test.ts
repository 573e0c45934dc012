import { describe, expect, it } from 'vitest'
import { Reassembly } from '../client/reassembly.js'
import { sameBytes } from '../wire/bytes.js'
import { decodeServerPacket } from '../wire/decode.js'
import { responseDatagrams } from './response-parts.js'

const filled = (length: number) => Uint8Array.from({ length }, (_, index) => 1 + (index % 250))

function joined(datagrams: readonly Uint8Array[]): Uint8Array {
  const reassembly = new Reassembly()
  for (const datagram of datagrams) {
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'response') return packet.bytes
    if (packet.type !== 'response-part') throw new Error(`Not a response: ${packet.type}`)
    expect(packet).toMatchObject({ sequence: 9, total: datagrams.length })
    reassembly.add(packet, false)
  }
  return reassembly.join()
}

describe('responseDatagrams', () => {
  it.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [200, 2],
    [201, 3],
    [25_500, 255],
  ])('sends %i bytes in %i datagrams of 100 bytes (P6)', (length, count) => {
    const bytes = filled(length)
    const datagrams = responseDatagrams(9, bytes, 100)
    expect(datagrams).toHaveLength(count)
    expect(joined(datagrams)).toStrictEqual(bytes)
  })

  it('makes the parts larger if there would be more than 255 (W14)', () => {
    for (const length of [25_501, 40_000, 51_000, 51_001]) {
      const bytes = filled(length)
      const datagrams = responseDatagrams(9, bytes, 100)
      expect(datagrams.length).toBeLessThanOrEqual(255)
      expect(sameBytes(joined(datagrams), bytes)).toBe(true)
    }
  })

  it('sends the longest possible reply, and refuses one byte more', () => {
    const most = 255 * 65_495
    const datagrams = responseDatagrams(9, new Uint8Array(most), 1_024)
    expect(datagrams).toHaveLength(255)
    expect(datagrams[254]).toHaveLength(65_507)
    expect(() => responseDatagrams(9, new Uint8Array(most + 1), 1_024)).toThrow(
      expect.objectContaining({
        code: 'reply-too-large',
        message: `A reply of ${most + 1} bytes is too long: the protocol allows at most ${most}; shorten it or split it into pages`,
      }),
    )
  })

  it('sends a reply that begins with NUL as one part (W16)', () => {
    const [datagram] = responseDatagrams(9, Uint8Array.of(0, 7), 100)
    const part = { type: 'response-part', sequence: 9, total: 1, index: 0, bytes: Uint8Array.of(0, 7) }
    expect(decodeServerPacket(datagram as Uint8Array)).toEqual(part)
  })
})
