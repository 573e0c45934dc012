// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { InvalidArgumentError } from '../errors.js'
import { sameBytes } from './bytes.js'
import { decodeClientPacket, decodeServerPacket } from './decode.js'
import { encodeClientPacket, encodeServerPacket } from './encode.js'
import { type ClientPacket, MAX_DATAGRAM_BYTES, type ServerPacket } from './packet.js'

const none = new Uint8Array()
const part = { type: 'response-part', sequence: 0, total: 2, index: 0, bytes: none } as const

function refusal(encode: () => unknown): InvalidArgumentError {
  try {
    encode()
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error
  }
  throw new Error('It was not refused')
}

const badClientPackets: readonly [argument: string, packet: ClientPacket][] = [
  ['sequence', { type: 'command', sequence: 256, bytes: none }],
  ['sequence', { type: 'command', sequence: -1, bytes: none }],
  ['sequence', { type: 'acknowledgement', sequence: 1.5 }],
  ['sequence', { type: 'acknowledgement', sequence: Number.NaN }],
  ['password', { type: 'login', bytes: Uint8Array.of(0x61, 0, 0x62) }],
  ['password', { type: 'login', bytes: new Uint8Array(65_500).fill(0x61) }],
  ['bytes', { type: 'command', sequence: 0, bytes: new Uint8Array(65_499) }],
]

const badServerPackets: readonly [argument: string, packet: ServerPacket][] = [
  ['sequence', { type: 'response', sequence: 256, bytes: none }],
  ['sequence', { type: 'response', sequence: 256, bytes: Uint8Array.of(0) }],
  ['sequence', { type: 'message', sequence: -1, bytes: none }],
  ['sequence', { ...part, sequence: 300 }],
  ['total', { ...part, total: 0 }],
  ['total', { ...part, total: 256 }],
  ['index', { ...part, index: 2 }],
  ['index', { ...part, index: -1 }],
  ['index', { ...part, index: 0.5 }],
  ['bytes', { ...part, bytes: new Uint8Array(65_496) }],
  ['bytes', { type: 'response', sequence: 0, bytes: new Uint8Array(65_499).fill(0x61) }],
  ['bytes', { type: 'response', sequence: 0, bytes: new Uint8Array(65_496) }],
  ['bytes', { type: 'message', sequence: 0, bytes: new Uint8Array(65_499) }],
]

describe('packets that cannot be sent', () => {
  it.each(badClientPackets)('a client packet with a bad %s is refused by name', (argument, packet) => {
    const error = refusal(() => encodeClientPacket(packet))
    expect(error).toMatchObject({ code: 'invalid-argument', name: 'InvalidArgumentError', argument })
    expect(error.message).toContain(argument)
  })

  it.each(badServerPackets)('a server packet with a bad %s is refused by name', (argument, packet) => {
    const error = refusal(() => encodeServerPacket(packet))
    expect(error).toMatchObject({ code: 'invalid-argument', name: 'InvalidArgumentError', argument })
    expect(error.message).toContain(argument)
  })
})

/** Values that a JavaScript program, or one with a cast, can pass. */
const shapes: readonly [argument: string, packet: unknown][] = [
  ['packet', undefined],
  ['packet', null],
  ['packet', 'login'],
  ['type', {}],
  ['type', { type: 'logout' }],
  ['type', { type: 1, sequence: 0 }],
  ['sequence', { type: 'command', bytes: none }],
  ['sequence', { type: 'command', sequence: '7', bytes: none }],
  ['bytes', { type: 'command', sequence: 0 }],
  ['bytes', { type: 'command', sequence: 0, bytes: 'players' }],
  ['bytes', { type: 'command', sequence: 0, bytes: [1, 2] }],
  ['sequence', { type: 'acknowledgement' }],
  ['bytes', { type: 'login' }],
  ['bytes', { type: 'login', bytes: 'hunter2' }],
  ['bytes', { type: 'login', bytes: new ArrayBuffer(3) }],
]

const serverShapes: readonly [argument: string, packet: unknown][] = [
  ['packet', undefined],
  ['packet', 7],
  ['type', {}],
  ['type', { type: 'command', sequence: 0, bytes: none }],
  ['accepted', { type: 'login' }],
  ['accepted', { type: 'login', accepted: 1 }],
  ['bytes', { type: 'response', sequence: 0 }],
  ['bytes', { type: 'response', sequence: 0, bytes: 'ok' }],
  ['sequence', { type: 'response', bytes: none }],
  ['total', { ...part, total: undefined }],
  ['index', { ...part, index: '0' }],
  ['bytes', { ...part, bytes: undefined }],
  ['bytes', { type: 'message', sequence: 0, bytes: null }],
]

describe('values that are not packets', () => {
  it.each(shapes)('is refused for a client by the name of the field: %s', (argument, packet) => {
    const error = refusal(() => encodeClientPacket(packet as ClientPacket))
    expect(error).toMatchObject({ code: 'invalid-argument', argument })
    // A password may be in place of its bytes.
    expect(JSON.stringify(error) + error.message).not.toContain('hunter2')
  })

  it.each(serverShapes)('is refused for a server by the name of the field: %s', (argument, packet) => {
    const error = refusal(() => encodeServerPacket(packet as ServerPacket))
    expect(error).toMatchObject({ code: 'invalid-argument', argument })
  })
})

const largestFromClient: readonly ClientPacket[] = [
  { type: 'login', bytes: new Uint8Array(65_499).fill(0x61) },
  { type: 'command', sequence: 255, bytes: new Uint8Array(65_498).fill(0x61) },
]

const largestFromServer: readonly ServerPacket[] = [
  { type: 'response', sequence: 255, bytes: new Uint8Array(65_498).fill(0x61) },
  { type: 'message', sequence: 255, bytes: new Uint8Array(65_498).fill(0x61) },
  { ...part, total: 255, index: 254, bytes: new Uint8Array(65_495).fill(0x61) },
]

describe('the largest packets', () => {
  it.each(largestFromClient)('a $type of a client fills a datagram and survives the round trip', (packet) => {
    const datagram = encodeClientPacket(packet)
    expect(datagram.length).toBe(MAX_DATAGRAM_BYTES)
    const decoded = decodeClientPacket(datagram)
    expect(decoded.type).toBe(packet.type)
    expect('bytes' in decoded && 'bytes' in packet && sameBytes(decoded.bytes, packet.bytes)).toBe(true)
  })

  it.each(largestFromServer)('a $type of a server fills a datagram and survives the round trip', (packet) => {
    const datagram = encodeServerPacket(packet)
    expect(datagram.length).toBe(MAX_DATAGRAM_BYTES)
    const decoded = decodeServerPacket(datagram)
    expect(decoded.type).toBe(packet.type)
    expect('bytes' in decoded && 'bytes' in packet && sameBytes(decoded.bytes, packet.bytes)).toBe(true)
  })
})
