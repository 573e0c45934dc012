// @ts-nocheck
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from './crc32.js'
import { decodeClientPacket, decodeServerPacket } from './decode.js'
import type { Problem } from './packet.js'

/** A datagram with a valid header and any payload (P1). */
function framed(...payload: readonly number[]): Uint8Array {
  const checked = Uint8Array.of(0xff, ...payload)
  const sum = crc32(checked)
  return Uint8Array.of(0x42, 0x45, sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24, ...checked)
}

const login = framed(0, 1)
const changed = (at: number) => login.map((byte, index) => (index === at ? byte ^ 0x10 : byte))

const frames: readonly [name: string, datagram: Uint8Array, problem: Problem][] = [
  ['nothing', new Uint8Array(), 'too-short'],
  ['a header cut off', login.slice(0, 6), 'too-short'],
  ['a header without a payload', framed(), 'too-short'],
  ['another first byte', changed(0), 'bad-magic'],
  ['another second byte', changed(1), 'bad-magic'],
  ['another marker', changed(6), 'bad-marker'],
  ['a wrong checksum', changed(2), 'bad-checksum'],
  ['a wrong last byte of the checksum', changed(5), 'bad-checksum'],
  ['a payload changed in transit', changed(8), 'bad-checksum'],
  ['a type beyond the three', framed(3, 0), 'unknown-type'],
  ['the type 255', framed(255), 'unknown-type'],
]

const fromClient: readonly [name: string, datagram: Uint8Array, problem: Problem][] = [
  ['a command without a sequence', framed(1), 'truncated-packet'],
  ['an acknowledgement without a sequence', framed(2), 'truncated-packet'],
  ['an acknowledgement with more behind it', framed(2, 200, 0), 'trailing-bytes'],
]

const fromServer: readonly [name: string, datagram: Uint8Array, problem: Problem][] = [
  ['a login answer without the answer', framed(0), 'truncated-packet'],
  ['a login answer that is neither yes nor no', framed(0, 2), 'bad-login-answer'],
  ['a login answer with more behind it', framed(0, 1, 0), 'trailing-bytes'],
  ['a response without a sequence', framed(1), 'truncated-packet'],
  ['a message without a sequence', framed(2), 'truncated-packet'],
  ['a part without total and index', framed(1, 9, 0), 'truncated-packet'],
  ['a part without an index', framed(1, 9, 0, 3), 'truncated-packet'],
  ['a part whose index is the total', framed(1, 9, 0, 3, 3, 0x61), 'bad-part'],
  ['a part of none', framed(1, 9, 0, 0, 0), 'bad-part'],
]

describe('malformed datagrams', () => {
  it.each(frames)('%s is malformed in both directions', (_, datagram, problem) => {
    const malformed = { type: 'malformed', problem, length: datagram.length }
    expect(decodeClientPacket(datagram)).toStrictEqual(malformed)
    expect(decodeServerPacket(datagram)).toStrictEqual(malformed)
  })

  it.each(fromClient)('%s is malformed for a server', (_, datagram, problem) => {
    expect(decodeClientPacket(datagram)).toStrictEqual({
      type: 'malformed',
      problem,
      length: datagram.length,
    })
  })

  it.each(fromServer)('%s is malformed for a client', (_, datagram, problem) => {
    expect(decodeServerPacket(datagram)).toStrictEqual({
      type: 'malformed',
      problem,
      length: datagram.length,
    })
  })

  it('decoding never throws, whatever the payload', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (payload) => {
        const datagram = framed(...payload)
        expect(decodeClientPacket(datagram)).toHaveProperty('type')
        expect(decodeServerPacket(datagram)).toHaveProperty('type')
      }),
      { numRuns: 500 },
    )
  })
})

describe('the shortest packets', () => {
  it('a login with an empty password', () => {
    expect(decodeClientPacket(framed(0))).toStrictEqual({ type: 'login', bytes: new Uint8Array() })
  })

  it('a response of one byte, an empty message, an empty part', () => {
    expect(decodeServerPacket(framed(1, 4, 1))).toMatchObject({ type: 'response', bytes: Uint8Array.of(1) })
    expect(decodeServerPacket(framed(2, 4))).toMatchObject({ type: 'message', bytes: new Uint8Array() })
    expect(decodeServerPacket(framed(1, 4, 0, 255, 254))).toMatchObject({ total: 255, index: 254 })
  })
})
