// @ts-nocheck
import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { decodeClientPacket, decodeServerPacket } from './decode.js'
import { encodeClientPacket, encodeServerPacket } from './encode.js'

it.each([3, 64, 65, 1_000])('decoded bytes, %i of them, are a copy of the Buffer’s', (length) => {
  const command = { type: 'command', sequence: 5, bytes: new Uint8Array(length).fill(7) } as const
  const message = { type: 'message', sequence: 5, bytes: new Uint8Array(length).fill(7) } as const
  const fromClient = Buffer.from(encodeClientPacket(command))
  const fromServer = Buffer.from(encodeServerPacket(message))
  const decodedCommand = decodeClientPacket(fromClient)
  const decodedMessage = decodeServerPacket(fromServer)
  fromClient.fill(0)
  fromServer.fill(0)
  // Strict equality: plain `Uint8Array`s, whatever the datagram was.
  expect(decodedCommand).toStrictEqual(command)
  expect(decodedMessage).toStrictEqual(message)
})

it('a Buffer that is a view into a pool is read from its own first byte', () => {
  const datagram = encodeClientPacket({ type: 'acknowledgement', sequence: 3 })
  const pool = Buffer.alloc(64, 0x42)
  pool.set(datagram, 20)
  const view = pool.subarray(20, 20 + datagram.length)
  expect(decodeClientPacket(view)).toStrictEqual({ type: 'acknowledgement', sequence: 3 })
})
