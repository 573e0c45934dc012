import { encodeClientPacket, encodeServerPacket, encodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { readCapture } from './capture-file.js'
import { captureBlock, captureHead } from './written-capture.js'

const FLOW = { at: 1_700_000_000_123.456, from: '192.0.2.1:50000', to: '198.51.100.7:2306' }
const IPV6 = { ...FLOW, from: '[2001:db8:0:0:0:0:0:1]:50000', to: '[2001:db8:0:0:0:0:abcd:2]:2306' }

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/(.{8})(?=.)/g, '$1 ')

/** The IP packet in the block. */
function packetIn(block: Uint8Array): Uint8Array {
  const [frame] = [...readCapture(Uint8Array.from([...captureHead(), ...block]))]
  return frame?.bytes ?? new Uint8Array(0)
}

/** The sum by which a receiver checks: 0 if the checksum in the bytes is right (RFC 1071). */
function remainder(...pieces: readonly Uint8Array[]): number {
  const bytes = pieces.flatMap((piece) => [...piece])
  const sum = bytes.reduce((total, byte, at) => total + (at % 2 === 0 ? byte * 256 : byte), 0)
  return sum % 0xffff
}

describe('a capture that is written', () => {
  it('has the head of a pcapng file with raw IP packets', () => {
    expect(hexOf(captureHead())).toBe(
      [
        '0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffff ffffffff 1c000000',
        '01000000 14000000 65000000 27000100 14000000',
      ].join(' '),
    )
  })

  it('has a block for each datagram', () => {
    const block = captureBlock({ ...FLOW, bytes: Uint8Array.of(0x42, 0x45, 3) }, 'server')
    expect(hexOf(block)).toBe(
      [
        '06000000 40000000 00000000 240a0600 40222018 1f000000 1f000000',
        '4500001f 00000000 40118e92 c0000201 c6336407 c3500902 000b0000 42450300 40000000',
      ].join(' '),
    )
  })

  it('has checksums that a receiver accepts', () => {
    for (const length of [0, 1, 2, 255, 1_391]) {
      const bytes = Uint8Array.from({ length }, (_, index) => 255 - (index % 200))
      const ipv4 = packetIn(captureBlock({ ...FLOW, bytes }, 'server'))
      expect(remainder(ipv4.slice(0, 20))).toBe(0)
      const ipv6 = packetIn(captureBlock({ ...IPV6, bytes }, 'server'))
      const pseudo = Uint8Array.of(0, 0, (length + 8) >> 8, (length + 8) & 0xff, 0, 0, 0, 17)
      expect(remainder(ipv6.slice(8, 40), pseudo, ipv6.slice(40))).toBe(0)
      expect(ipv6.slice(46, 48)).not.toEqual(Uint8Array.of(0, 0))
    }
  })

  it('has no checksum of 0 over IPv6, which means none', () => {
    const checksumOf = (bytes: Uint8Array) =>
      packetIn(captureBlock({ ...IPV6, bytes }, 'server')).slice(46, 48)
    // A word of its own that makes the sum of the rest whole.
    const rest = checksumOf(new Uint8Array(2))
    expect(checksumOf(rest)).toEqual(Uint8Array.of(0xff, 0xff))
  })
})

describe('a datagram that is written', () => {
  const contentOf = (bytes: Uint8Array, side: 'client' | 'server') =>
    packetIn(captureBlock({ ...FLOW, bytes }, side)).slice(28)
  const password = encodeText('hunter2')
  const login = encodeClientPacket({ type: 'login', bytes: password })
  const stars = encodeClientPacket({ type: 'login', bytes: encodeText('*******') })
  const withFault = (bytes: Uint8Array) => bytes.map((byte, at) => (at === 2 ? byte ^ 1 : byte))

  it('has stars in place of the password of a login, whole or damaged', () => {
    expect(contentOf(login, 'client')).toEqual(stars)
    const damaged = contentOf(withFault(login), 'client')
    expect(damaged).toEqual(Uint8Array.from([...withFault(login).slice(0, 8), ...stars.slice(8)]))
  })

  it.each([
    [
      'a command',
      encodeClientPacket({ type: 'command', sequence: 7, bytes: encodeText('players') }),
      'client',
    ],
    [
      'a command in another encoding',
      encodeClientPacket({ type: 'command', sequence: 7, bytes: Uint8Array.of(0xe9) }),
      'client',
    ],
    [
      'a message in another encoding',
      encodeServerPacket({ type: 'message', sequence: 7, bytes: Uint8Array.of(0xe9) }),
      'server',
    ],
    ['an accepted login', encodeServerPacket({ type: 'login', accepted: true }), 'server'],
    [
      'a damaged message',
      withFault(encodeServerPacket({ type: 'message', sequence: 7, bytes: Uint8Array.of(0xe9) })),
      'server',
    ],
  ] as const)('stays to the byte if it has no password: %s', (_, bytes, side) => {
    expect(contentOf(bytes, side)).toEqual(bytes)
  })

  it('keeps what is beside the password of a command or a message', () => {
    const command = (text: string) =>
      encodeClientPacket({ type: 'command', sequence: 7, bytes: encodeText(`RConPassword ${text}`) })
    const message = (text: string) => {
      const bytes = encodeText(`Config entry: RConPassword ${text}`)
      return encodeServerPacket({ type: 'message', sequence: 8, bytes })
    }
    expect(contentOf(command('hunter2'), 'client')).toEqual(command('…'))
    expect(contentOf(message('hunter2'), 'server')).toEqual(message('***'))
  })
})
