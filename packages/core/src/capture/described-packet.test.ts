import {
  type ClientPacket,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  type ServerPacket,
} from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, describeDatagram } from './described-packet.js'

const bytes = encodeText('hello')
const client = (packet: ClientPacket) => encodeClientPacket(packet)
const server = (packet: ServerPacket) => encodeServerPacket(packet)

describe('a datagram', () => {
  it.each([
    ['a login', client({ type: 'login', bytes }), [{ side: 'client', type: 'login', passwordBytes: 5 }]],
    [
      'the answer to a login',
      server({ type: 'login', accepted: false }),
      [{ side: 'server', type: 'login', accepted: false }],
    ],
    [
      'a part of a response',
      server({ type: 'response-part', sequence: 7, total: 2, index: 1, bytes }),
      [{ side: 'server', type: 'response-part', sequence: 7, total: 2, index: 1, text: 'hello' }],
    ],
    [
      'an acknowledgment',
      client({ type: 'acknowledgement', sequence: 7 }),
      [{ side: 'client', type: 'acknowledgement', sequence: 7 }],
    ],
    [
      'a message',
      server({ type: 'message', sequence: 7, bytes }),
      [{ side: 'server', type: 'message', sequence: 7, text: 'hello' }],
    ],
    [
      'a command or a response',
      client({ type: 'command', sequence: 7, bytes }),
      [
        { side: 'client', type: 'command', sequence: 7, text: 'hello' },
        { side: 'server', type: 'response', sequence: 7, text: 'hello' },
      ],
    ],
    [
      'no packet',
      Uint8Array.of(0x42, 0x45),
      [
        { side: 'client', type: 'malformed', problem: 'too-short', length: 2 },
        { side: 'server', type: 'malformed', problem: 'too-short', length: 2 },
      ],
    ],
  ])('that can only be %s is described as that', (_, datagram, described) => {
    expect(describeDatagram(datagram)).toEqual(described)
  })

  it('of a known side is described once', () => {
    const datagram = client({ type: 'command', sequence: 7, bytes })
    expect(describeDatagram(datagram, 'server')).toMatchObject([{ side: 'server', type: 'response' }])
    expect(describeDatagram(datagram, 'client')).toMatchObject([{ side: 'client', type: 'command' }])
  })

  it.each([
    ['client', 'RConPassword hunter2', 'RConPassword …'],
    ['server', 'Config entry: RConPassword hunter2', 'Config entry: RConPassword ***'],
    // What the other side can send by chance.
    ['server', 'RConPassword hunter2', 'RConPassword hunter2'],
    ['client', 'Config entry: RConPassword hunter2', 'Config entry: RConPassword hunter2'],
  ] as const)('of a %s is described without a password: %j', (side, text, shown) => {
    const datagram = client({ type: 'command', sequence: 0, bytes: encodeText(text) })
    expect(describeDatagram(datagram, side)).toMatchObject([{ text: shown }])
  })

  it('is decoded with the encoding', () => {
    const datagram = server({ type: 'message', sequence: 0, bytes: Uint8Array.of(0xc8, 0xe2) })
    expect(describeDatagram(datagram, undefined, { encoding: 'windows-1251' })).toMatchObject([
      { text: 'Ив' },
    ])
  })
})

describe('hexadecimal digits', () => {
  it.each(['4245ff', '42 45 FF', '0x42, 0x45, 0xff', '42:45:ff', '42\n45\tff\n'])('are bytes: %j', (text) => {
    expect(bytesOfHex(text)).toEqual(Uint8Array.of(0x42, 0x45, 0xff))
  })

  it.each(['', ' ', '4', '424', 'x42', '42x', '4g', '42-45'])(
    'are refused if they are not pairs: %j',
    (text) => {
      expect(() => bytesOfHex(text)).toThrow(
        expect.objectContaining({
          code: 'invalid-argument',
          argument: 'text',
          expected: 'pairs of hexadecimal digits',
          message: 'The bytes must be pairs of hexadecimal digits, such as "42 45"',
        }),
      )
    },
  )
})
