// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { crc32 } from './crc32.js'
import { decodeClientPacket, decodeServerPacket } from './decode.js'
import { encodeClientPacket, encodeServerPacket } from './encode.js'
import type { ClientPacket, ServerPacket } from './packet.js'

const fromHex = (hex: string) => Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16))

const clientVectors: readonly [name: string, hex: string, packet: ClientPacket][] = [
  [
    'login `hunter2`',
    '42 45 cd 3b 6d 15 ff 00 68 75 6e 74 65 72 32',
    { type: 'login', bytes: encodeText('hunter2') },
  ],
  [
    'keep-alive, sequence 0',
    '42 45 be dc c2 58 ff 01 00',
    { type: 'command', sequence: 0, bytes: encodeText('') },
  ],
  [
    'command `players`, sequence 255',
    '42 45 1f 31 df 88 ff 01 ff 70 6c 61 79 65 72 73',
    { type: 'command', sequence: 255, bytes: encodeText('players') },
  ],
  [
    'command `say -1 привет`, sequence 7',
    '42 45 5e 04 15 cb ff 01 07 73 61 79 20 2d 31 20 d0 bf d1 80 d0 b8 d0 b2 d0 b5 d1 82',
    { type: 'command', sequence: 7, bytes: encodeText('say -1 привет') },
  ],
  [
    'acknowledgement of message 200',
    '42 45 ff c5 50 e6 ff 02 c8',
    { type: 'acknowledgement', sequence: 200 },
  ],
]

const serverVectors: readonly [name: string, hex: string, packet: ServerPacket][] = [
  ['login accepted', '42 45 69 dd de 36 ff 00 01', { type: 'login', accepted: true }],
  ['login refused', '42 45 ff ed d9 41 ff 00 00', { type: 'login', accepted: false }],
  [
    'empty reply, sequence 0',
    '42 45 be dc c2 58 ff 01 00',
    { type: 'response', sequence: 0, bytes: encodeText('') },
  ],
  [
    'part with index 1 of 3, `abc`, sequence 9',
    '42 45 cd d8 0d c3 ff 01 09 00 03 01 61 62 63',
    { type: 'response-part', sequence: 9, total: 3, index: 1, bytes: encodeText('abc') },
  ],
  [
    'message 200 `Connected to BE Master`',
    '42 45 3f b0 20 26 ff 02 c8 43 6f 6e 6e 65 63 74 65 64 20 74 6f 20 42 45 20 4d 61 73 74 65 72',
    { type: 'message', sequence: 200, bytes: encodeText('Connected to BE Master') },
  ],
]

describe('the vectors', () => {
  it.each(clientVectors)('a client sends %s as the known bytes (P1)', (_, hex, packet) => {
    expect(encodeClientPacket(packet)).toStrictEqual(fromHex(hex))
  })

  it.each(clientVectors)('a server decodes %s from the known bytes', (_, hex, packet) => {
    expect(decodeClientPacket(fromHex(hex))).toStrictEqual(packet)
  })

  it.each(serverVectors)('a server sends %s as the known bytes (P1)', (_, hex, packet) => {
    expect(encodeServerPacket(packet)).toStrictEqual(fromHex(hex))
  })

  it.each(serverVectors)('a client decodes %s from the known bytes', (_, hex, packet) => {
    expect(decodeServerPacket(fromHex(hex))).toStrictEqual(packet)
  })

  it('the checksum is the unsigned CRC-32 with the published check value', () => {
    expect(crc32(encodeText('123456789'))).toBe(0xcbf43926)
    expect(crc32(new Uint8Array())).toBe(0)
  })
})
