import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import { ClientSession } from './client-session.js'

const accepted = encodeServerPacket({ type: 'login', accepted: true })
const response = (sequence: number) =>
  encodeServerPacket({ type: 'response', sequence, bytes: encodeText('ok') })

const send = (session: ClientSession, text: string, timeoutMs: number, now: number) =>
  session.sendCommand(encodeText(text), { resend: false, timeoutMs }, now)
const texts = (session: ClientSession) =>
  session.takeDatagrams().map((datagram) => {
    const packet = decodeClientPacket(datagram)
    return packet.type === 'command' ? decodeText(packet.bytes) : packet.type
  })

describe('deadlines', () => {
  it('are 30 s from the call for a command that is sent again, 10 s for one that is not', () => {
    const session = loggedInClient(PATIENT)
    session.sendCommand(encodeText('a'), { resend: true }, 100)
    session.sendCommand(encodeText('b'), { resend: false }, 200)
    for (let now = 1_000; now <= 31_000; now += 50) session.handleTimeout(now)
    const failures = session.takeEvents().filter(({ type }) => type === 'failure')
    expect(failures).toMatchObject([
      { id: 2, elapsedMs: 10_000 },
      { id: 1, elapsedMs: 30_000, attempts: 30 },
    ])
  })

  it('include the time in the queue: a command that waits too long fails as not sent, and is never sent', () => {
    const session = loggedInClient({ maxInFlight: 1 })
    send(session, 'first', 5_000, 0)
    const second = send(session, 'second', 1_000, 0)
    send(session, 'third', 5_000, 0)
    expect(session.nextTimeout()).toBe(1_000)
    session.handleTimeout(1_000)
    expect(session.takeEvents()).toEqual([
      {
        type: 'failure',
        id: second,
        reason: 'timed-out',
        outcome: 'not-sent',
        attempts: 0,
        elapsedMs: 1_000,
      },
    ])
    session.receive(response(0), 1_500)
    session.receive(response(1), 1_600)
    expect(texts(session)).toEqual(['first', 'third'])
  })

  it('include the time of the login', () => {
    const session = new ClientSession()
    send(session, 'early', 500, 0)
    session.login(encodeText('hunter2'), 100)
    expect(session.nextTimeout()).toBe(500)
    session.handleTimeout(500)
    session.receive(accepted, 600)
    expect(session.takeEvents()).toMatchObject([{ outcome: 'not-sent' }, { type: 'logged-in' }])
    expect(texts(session)).toEqual(['login'])
  })

  it.each([
    ['at the deadline', 1_000],
    ['after it', 1_700],
  ])('apply if a place becomes free %s, before the timeout is handled', (_, now) => {
    const session = loggedInClient({ maxInFlight: 1 })
    send(session, 'first', 5_000, 0)
    const second = send(session, 'second', 1_000, 0)
    send(session, 'third', 5_000, 0)
    session.receive(response(0), now)
    expect(texts(session)).toEqual(['first', 'third'])
    expect(session.takeEvents()).toMatchObject([
      { id: 1, type: 'reply' },
      { id: second, reason: 'timed-out', outcome: 'not-sent', elapsedMs: now },
    ])
  })

  it('apply if the login succeeds after them, before the timeout is handled', () => {
    const session = new ClientSession()
    send(session, 'early', 500, 0)
    session.login(encodeText('hunter2'), 100)
    session.receive(accepted, 600)
    expect(texts(session)).toEqual(['login'])
    expect(session.takeEvents()).toMatchObject([{ type: 'logged-in' }, { outcome: 'not-sent' }])
  })

  it('apply even if the next sending is due later', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('a'), { resend: true, timeoutMs: 1_500 }, 0)
    session.handleTimeout(1_000)
    expect(session.nextTimeout()).toBe(1_500)
    session.handleTimeout(1_500)
    expect(session.takeEvents()).toMatchObject([{ reason: 'timed-out', outcome: 'unknown', attempts: 2 }])
    expect(texts(session)).toEqual(['a', 'a'])
  })

  it('apply to the others in the queue after one of them was canceled', () => {
    const session = loggedInClient({ maxInFlight: 1 })
    send(session, 'first', 5_000, 0)
    const second = send(session, 'second', 1_000, 0)
    session.cancel(send(session, 'third', 2_000, 0), 10)
    session.takeEvents()
    expect(session.nextTimeout()).toBe(1_000)
    session.handleTimeout(1_000)
    expect(session.takeEvents()).toMatchObject([{ id: second, reason: 'timed-out' }])
  })

  it('can be infinite', () => {
    const session = loggedInClient()
    send(session, 'a', Number.POSITIVE_INFINITY, 0)
    // Only keep-alives are due, and they are answered.
    for (let now = 0; now < 1e6; now = session.nextTimeout() ?? Number.POSITIVE_INFINITY) {
      session.handleTimeout(now)
      for (const packet of session.takeDatagrams().map(decodeClientPacket))
        if (packet.type === 'command' && packet.bytes.length === 0)
          session.receive(response(packet.sequence), now)
    }
    expect(session.takeEvents().filter(({ type }) => type === 'failure')).toEqual([])
    expect(session.statistics.inFlight).toBe(1)
  })

  it('include the time while all sequences rest', () => {
    const session = loggedInClient({ maxInFlight: 128, sequenceRestMs: 60_000 })
    for (let i = 0; i < 256; i++) session.cancel(send(session, 'x', 5_000, 0), 0)
    session.takeDatagrams()
    session.takeEvents()
    send(session, 'waits', 2_000, 0)
    expect(texts(session)).toEqual([])
    expect(session.nextTimeout()).toBe(2_000)
    session.handleTimeout(2_000)
    expect(session.takeEvents()).toMatchObject([{ outcome: 'not-sent', elapsedMs: 2_000 }])
  })
})
