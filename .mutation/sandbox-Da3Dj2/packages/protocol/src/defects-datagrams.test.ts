// @ts-nocheck
// Defects 3 and 9 of other clients: a test for each that fails if the defect is introduced here.
import { describe, expect, it } from 'vitest'
import { loggedInClient, summaries } from '../test/logged-in.js'
import { ServerSession } from './server/server-session.js'
import { encodeText } from './text/text.js'
import { crc32 } from './wire/crc32.js'
import { decodeClientPacket } from './wire/decode.js'
import { encodeServerPacket } from './wire/encode.js'

const once = { resend: false } as const

const response = (sequence: number, text: string) =>
  encodeServerPacket({ type: 'response', sequence, bytes: encodeText(text) })
const part = (sequence: number, total: number, index: number, text: string) =>
  encodeServerPacket({ type: 'response-part', sequence, total, index, bytes: encodeText(text) })

/** A datagram with a valid header and any payload (P1). */
function framed(...payload: readonly number[]): Uint8Array {
  const checked = Uint8Array.of(0xff, ...payload)
  const sum = crc32(checked)
  return Uint8Array.of(0x42, 0x45, sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24, ...checked)
}

describe('defect 3: parts', () => {
  it('are joined by their index, not in order of arrival', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), once, 0)
    for (const index of [2, 0, 1]) session.receive(part(0, 3, index, `part ${index} `), 1)
    expect(summaries(session)).toEqual(['1: part 0 part 1 part 2 '])
  })

  it('without the first one are not a reply', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), once, 0)
    session.receive(part(0, 3, 1, 'b'), 1)
    session.receive(part(0, 3, 2, 'c'), 2)
    session.handleTimeout(10_000)
    expect(summaries(session)).toEqual(['1 timed-out executed'])
  })

  it('with an index not below the total are malformed, without harm', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), once, 0)
    session.receive(part(0, 2, 0, 'a'), 1)
    for (const [total, index] of [
      [2, 2],
      [2, 255],
      [0, 0],
    ] as const)
      session.receive(framed(1, 0, 0, total, index, 0x78), 2)
    session.receive(part(0, 2, 1, 'b'), 3)
    expect(summaries(session)).toEqual(['bad-part', 'bad-part', 'bad-part', '1: ab'])
  })

  it('of an older reply are not mixed into a newer one', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('old'), { resend: false, timeoutMs: 1_000 }, 0)
    session.handleTimeout(1_000)
    for (let i = 0; i < 256; i++) {
      const now = 1_000 + i
      session.takeDatagrams()
      session.sendCommand(encodeText('new'), once, now)
      const packet = decodeClientPacket(session.takeDatagrams()[0] as Uint8Array)
      if (packet.type !== 'command') throw new Error('Not a command')
      session.receive(part(0, 2, 1, 'old'), now)
      session.receive(part(packet.sequence, 2, 0, 'new'), now)
      session.receive(part(packet.sequence, 2, 1, 'new'), now)
    }
    expect(summaries(session).slice(1)).toEqual(Array.from({ length: 256 }, (_, i) => `${i + 2}: newnew`))
  })
})

describe('defect 9: a short or hostile datagram', () => {
  it('stops neither side, and commands in flight continue', () => {
    const client = loggedInClient()
    const server = new ServerSession(encodeText('hunter2'))
    server.receive(framed(0, ...encodeText('hunter2')), 0)
    client.sendCommand(encodeText('players'), once, 0)
    const payloads = [0, 1, 2, 3, 255].flatMap((type) => [
      [type],
      [type, 0],
      [type, 0, 0],
      [type, 0, 0, 0],
      [type, 0, 0, 1, 1],
      [type, 255, 0, 255, 255],
    ])
    const hostile = [...payloads.map((payload) => framed(...payload)), framed(), new Uint8Array(9)]
    for (const datagram of [...hostile])
      for (let cut = 0; cut < 7; cut++) hostile.push(datagram.slice(0, cut))
    for (const datagram of hostile) {
      expect(() => client.receive(datagram, 1)).not.toThrow()
      expect(() => server.receive(datagram, 1)).not.toThrow()
    }
    expect(client.state).toBe('logged-in')
    expect(server.state).toBe('logged-in')
    client.sendCommand(encodeText('bans'), once, 2)
    client.receive(response(1, 'none'), 3)
    expect(summaries(client).at(-1)).toBe('2: none')
  })
})
