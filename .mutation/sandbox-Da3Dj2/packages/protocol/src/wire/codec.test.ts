// @ts-nocheck
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeClientPacket, decodeServerPacket } from './decode.js'
import { encodeClientPacket, encodeServerPacket } from './encode.js'
import type { ClientPacket, ServerPacket } from './packet.js'

const byte = fc.integer({ min: 0, max: 255 })
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.uint8Array({ minLength: 240, maxLength: 1_500, size: 'max' }),
)

const clientPacket: fc.Arbitrary<ClientPacket> = fc.oneof(
  fc.record({
    type: fc.constant('login' as const),
    bytes: bytes.map((given) => given.filter((one) => one !== 0)),
  }),
  fc.record({ type: fc.constant('command' as const), sequence: byte, bytes }),
  fc.record({ type: fc.constant('acknowledgement' as const), sequence: byte }),
)

const serverPacket: fc.Arbitrary<ServerPacket> = fc.oneof(
  fc.record({ type: fc.constant('login' as const), accepted: fc.boolean() }),
  fc.record({
    type: fc.constant('response' as const),
    sequence: byte,
    bytes: bytes.filter((given) => given[0] !== 0),
  }),
  fc.tuple(fc.integer({ min: 1, max: 255 }), byte, byte, bytes).map(([total, place, sequence, part]) => ({
    type: 'response-part' as const,
    sequence,
    total,
    index: place % total,
    bytes: part,
  })),
  fc.record({ type: fc.constant('message' as const), sequence: byte, bytes }),
)

describe('encoding and decoding', () => {
  it('a client packet survives the round trip', () => {
    fc.assert(
      fc.property(clientPacket, (packet) => {
        expect(decodeClientPacket(encodeClientPacket(packet))).toEqual(packet)
      }),
    )
  })

  it('a server packet survives the round trip', () => {
    fc.assert(
      fc.property(serverPacket, (packet) => {
        expect(decodeServerPacket(encodeServerPacket(packet))).toEqual(packet)
      }),
    )
  })

  it('a response that begins with NUL decodes as part 0 of 1 (W16)', () => {
    fc.assert(
      fc.property(byte, fc.uint8Array({ maxLength: 80 }), (sequence, rest) => {
        const response = Uint8Array.of(0, ...rest)
        const datagram = encodeServerPacket({ type: 'response', sequence, bytes: response })
        const part = { type: 'response-part', sequence, total: 1, index: 0, bytes: response }
        expect(decodeServerPacket(datagram)).toEqual(part)
      }),
    )
  })

  it('datagrams share no memory with each other or with their input', () => {
    const given = Uint8Array.of(1, 2, 3)
    const first = encodeClientPacket({ type: 'command', sequence: 0, bytes: given })
    const before = first.slice()
    given.fill(9)
    encodeClientPacket({ type: 'command', sequence: 1, bytes: Uint8Array.of(4, 5, 6) })
    expect(first).toStrictEqual(before)
  })
})
