import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { decodeClientPacket } from './decode.js'
import { encodeClientPacket, encodeServerPacket } from './encode.js'
import type { ClientPacket, ServerPacket } from './packet.js'

const bytes = new Uint8Array(1)
const client = (packet: unknown) => () => encodeClientPacket(packet as ClientPacket)
const server = (packet: unknown) => () => encodeServerPacket(packet as ServerPacket)

describe('the error about an invalid packet', () => {
  it.each([
    [client({ type: 'message' }), "'login', 'command' or 'acknowledgement'"],
    [server({ type: 'command' }), "'login', 'response', 'response-part' or 'message'"],
    [server({ type: 'login', accepted: 1 }), 'true or false'],
    [client({ type: 'command', sequence: 256, bytes }), 'a whole number from 0 to 255'],
    [
      server({ type: 'response-part', sequence: 0, total: 0, index: 0, bytes }),
      'a whole number from 1 to 255',
    ],
    [server({ type: 'response-part', sequence: 0, total: 3, index: 3, bytes }), 'a whole number from 0 to 2'],
    [client(null), 'an object with a type'],
    [server('players'), 'an object with a type'],
    [client({ type: 'command', sequence: 0, bytes: 'players' }), 'a Uint8Array'],
    [server({ type: 'message', sequence: 0, bytes: [1] }), 'a Uint8Array'],
  ])('says what is expected: %#', (encode, expected) => {
    expect(encode).toThrow(expected)
  })
})

it('accepts the bytes of another realm, such as those of a frame', () => {
  const foreign: Uint8Array = runInNewContext('Uint8Array.of(112, 105, 110, 103)')
  expect(foreign instanceof Uint8Array).toBe(false)
  const packet = decodeClientPacket(encodeClientPacket({ type: 'command', sequence: 1, bytes: foreign }))
  expect(packet).toEqual({ type: 'command', sequence: 1, bytes: Uint8Array.from(foreign) })
})
