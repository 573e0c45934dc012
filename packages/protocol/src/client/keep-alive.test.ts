import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSession } from './client-session.js'

const response = (sequence: number) =>
  encodeServerPacket({ type: 'response', sequence, bytes: new Uint8Array() })
const sent = (session: ClientSession) =>
  session.takeDatagrams().map((datagram) => {
    const packet = decodeClientPacket(datagram)
    return packet.type === 'command'
      ? `${packet.sequence}:${String.fromCharCode(...packet.bytes)}`
      : packet.type
  })
const say = encodeText('say')

/** Lets time pass until something is sent: the time, and what it is. */
function nextSent(session: ClientSession): { readonly now: number; readonly packets: readonly string[] } {
  for (;;) {
    const now = session.nextTimeout()
    if (now === undefined) throw new Error('Nothing is due')
    session.handleTimeout(now)
    const packets = sent(session)
    if (packets.length > 0) return { now, packets }
  }
}

describe('the keep-alive (P7)', () => {
  it('is an empty command, due 15 s after the login was sent', () => {
    const session = loggedInClient({}, 40)
    expect(session.nextTimeout()).toBe(15_000)
    session.handleTimeout(14_999)
    expect(sent(session)).toEqual([])
    session.handleTimeout(15_000)
    expect(sent(session)).toEqual(['0:'])
  })

  it('is due again 15 s after the last answered command packet was sent', () => {
    const session = loggedInClient({}, 40)
    session.handleTimeout(15_000)
    session.receive(response(0), 15_050)
    expect(session.takeEvents()).toMatchObject([
      { type: 'reply', id: 0, bytes: new Uint8Array(), attempts: 1 },
    ])
    expect(session.nextTimeout()).toBe(30_000)
    session.sendCommand(say, { resend: false }, 20_000)
    session.receive(response(1), 20_050)
    expect(session.nextTimeout()).toBe(35_000)
  })

  it('is not postponed by a command without an answer', () => {
    const session = loggedInClient({}, 40)
    session.sendCommand(say, { resend: false }, 14_000)
    expect(session.nextTimeout()).toBe(15_000)
    session.handleTimeout(15_000)
    expect(sent(session)).toEqual(['0:say', '1:'])
  })

  it('is not postponed by messages, their acknowledgments, or unexpected answers', () => {
    const session = loggedInClient({}, 40)
    session.receive(encodeServerPacket({ type: 'message', sequence: 0, bytes: say }), 10_000)
    session.receive(response(77), 11_000)
    session.receive(encodeServerPacket({ type: 'login', accepted: true }), 12_000)
    expect(session.nextTimeout()).toBe(15_000)
  })

  it('counts from the answered sending of a command that was sent again', () => {
    const dueAt = (answered: number) => {
      const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000 }, 40)
      session.sendCommand(say, { resend: true }, 10_000)
      for (let now = 11_000; now <= 18_000; now += 1_000) session.handleTimeout(now)
      session.receive(response(answered), 18_500)
      return session.nextTimeout()
    }
    expect(dueAt(0)).toBe(40_000)
    expect(dueAt(8)).toBe(48_000)
  })

  it('counts from the first sending of a sequence used several times: the server may have received only that', () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000, maxInFlight: 128 }, 40)
    session.sendCommand(say, { resend: true, timeoutMs: 60_000 }, 10_000)
    // With so many in flight, no sequence is spare.
    for (let i = 0; i < 127; i++) session.sendCommand(say, { resend: false, timeoutMs: 60_000 }, 10_000)
    session.takeDatagrams()
    for (let now = 11_000; now <= 15_000; now += 1_000) session.handleTimeout(now)
    expect(sent(session)).toEqual(['0:say', '0:say', '0:say', '0:say', '0:say'])
    session.receive(response(0), 15_500)
    session.takeEvents()
    expect(session.statistics.smoothedRoundTripMs).toBeUndefined()
    session.handleTimeout(39_999)
    expect(sent(session)).toEqual([])
  })

  it('is not brought forward by an answer to an older command', () => {
    const session = loggedInClient({}, 40)
    session.sendCommand(say, { resend: false }, 1_000)
    session.sendCommand(say, { resend: false }, 5_000)
    session.receive(response(1), 5_100)
    session.receive(response(0), 5_200)
    expect(session.nextTimeout()).toBe(20_000)
  })

  it('is sent again until it is answered, however long that takes', () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000 }, 40)
    let now = 30_000
    for (let i = 0; i < 200; i++) {
      expect(session.nextTimeout()).toBe(now)
      session.handleTimeout(now)
      expect(sent(session)).toEqual([expect.stringMatching(/^\d+:$/)])
      now += 1_000
    }
    session.receive(response(0), now)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', id: 0, attempts: 200 }])
  })

  it('does not count against `maxInFlight`, and goes before waiting commands', () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000, maxInFlight: 1 }, 40)
    for (let i = 0; i < 3; i++) session.sendCommand(say, { resend: false, timeoutMs: 60_000 }, 0)
    session.handleTimeout(30_000)
    expect(sent(session)).toEqual(['0:say', '1:'])
    expect(session.statistics).toMatchObject({ inFlight: 2, queued: 2 })
    session.receive(response(0), 30_010)
    expect(sent(session)).toEqual(['2:say'])
    session.receive(response(1), 30_020)
    expect(sent(session)).toEqual([])
    session.receive(response(2), 30_030)
    expect(sent(session)).toEqual(['3:say'])
  })

  it('waits for the first free sequence, and takes it before a command does', () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000, sequenceRestMs: 60_000 }, 40)
    for (let i = 0; i < 256; i++)
      session.cancel(session.sendCommand(say, { resend: false }, 100 * i), 100 * i)
    session.takeDatagrams()
    session.sendCommand(say, { resend: true, timeoutMs: 100_000 }, 26_000)
    session.handleTimeout(30_000)
    expect(sent(session)).toEqual([])
    expect(session.nextTimeout()).toBe(60_000)
    session.handleTimeout(60_000)
    expect(sent(session)).toEqual(['0:'])
    session.handleTimeout(60_100)
    expect(sent(session)).toEqual(['1:say'])
  })

  it('cannot be canceled', () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000 }, 40)
    session.handleTimeout(30_000)
    session.cancel(0, 30_001)
    session.takeDatagrams()
    session.handleTimeout(31_000)
    expect(sent(session)).toEqual(['1:'])
    session.receive(response(1), 31_010)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', id: 0, attempts: 2 }])
  })

  it('is sent however long 128 commands are in flight: it has the other 128 sequences to itself', () => {
    const session = loggedInClient({ ...PATIENT, maxInFlight: 128 }, 40)
    for (let i = 0; i < 128; i++)
      session.sendCommand(say, { resend: false, timeoutMs: Number.POSITIVE_INFINITY }, 0)
    session.takeDatagrams()
    for (let i = 0; i < 300; i++) {
      const sequence = 128 + (i % 128)
      const { now, packets } = nextSent(session)
      expect(packets).toEqual([`${sequence}:`])
      session.receive(response(sequence), now)
      session.takeEvents()
    }
  })

  it('in flight beside 127 commands, lets another command wait for a sequence that is old enough', () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000, maxInFlight: 128 }, 40)
    for (let i = 0; i < 127; i++) session.sendCommand(say, { resend: false, timeoutMs: 60_000 }, 29_000)
    session.handleTimeout(30_000)
    for (let sequence = 128; sequence < 256; sequence++) {
      session.sendCommand(say, { resend: false }, 30_000)
      session.receive(response(sequence), 30_000)
    }
    session.takeDatagrams()
    // Each has rested after its answer, but sequence 128 was used only 128 sendings ago.
    session.sendCommand(say, { resend: false }, 30_600)
    expect(sent(session)).toEqual([])
  })

  it('tests a server that answers no command later each time, but early after an answer', () => {
    const session = loggedInClient()
    for (let i = 0; i < 3; i++) session.sendCommand(say, { resend: false, timeoutMs: 60_000 }, 0)
    session.receive(response(0), 10)
    session.takeDatagrams()
    const times: number[] = []
    for (let sequence = 3; sequence < 6; sequence++) {
      const { now } = nextSent(session)
      times.push(now)
      session.receive(response(sequence), now + 10)
    }
    expect(times).toEqual([2_010, 6_020, 14_030])
  })

  it('ends with the session', () => {
    const session = loggedInClient({}, 40)
    session.handleTimeout(30_000)
    session.close(30_001)
    expect(session.takeEvents()).toEqual([])
    expect(session.nextTimeout()).toBeUndefined()
  })
})
