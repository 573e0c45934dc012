import { describe, expect, it } from 'vitest'
import { Wire } from '../testing/wire.js'
import { encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSessionEvent } from './client-event.js'
import { ClientSession } from './client-session.js'

const password = encodeText('hunter2')
const accepted = encodeServerPacket({ type: 'login', accepted: true })
const refused = encodeServerPacket({ type: 'login', accepted: false })

describe('logging in', () => {
  it('sends the login at once, then every second until it is answered (P4, W1)', () => {
    const session = new ClientSession()
    session.login(password, 100)
    expect(session.state).toBe('logging-in')
    for (const at of [1_100, 2_100, 3_100]) {
      expect(session.takeDatagrams().map(decodeClientPacket)).toEqual([{ type: 'login', bytes: password }])
      expect(session.nextTimeout()).toBe(at)
      session.handleTimeout(at)
    }
    session.receive(accepted, 3_150)
    expect(session.takeEvents()).toEqual([{ type: 'logged-in', attempts: 4, elapsedMs: 3_050 }])
    expect(session.state).toBe('logged-in')
    expect(session.statistics).toMatchObject({ sent: 4, resent: 3, received: 1 })
  })

  it('fails at the login timeout, not before (W1)', () => {
    const session = new ClientSession({ loginTimeoutMs: 5_500 })
    session.login(password, 0)
    for (let at = 1_000; at < 5_500; at += 1_000) session.handleTimeout(at)
    expect(session.takeEvents()).toEqual([])
    expect(session.nextTimeout()).toBe(5_500)
    session.handleTimeout(5_500)
    expect(session.takeEvents()).toEqual([{ type: 'login-timed-out', attempts: 6, elapsedMs: 5_500 }])
    expect(session.state).toBe('timed-out')
    expect(session.nextTimeout()).toBeUndefined()
    expect(session.takeDatagrams()).toHaveLength(6)
  })

  it('uses the timeout passed to the call', () => {
    const session = new ClientSession()
    session.login(password, 0, 1_500)
    session.handleTimeout(1_000)
    expect(session.nextTimeout()).toBe(1_500)
    session.handleTimeout(1_500)
    expect(session.takeEvents()).toEqual([{ type: 'login-timed-out', attempts: 2, elapsedMs: 1_500 }])
  })

  it('succeeds with the default timeout when half of all datagrams are lost', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const wire = new Wire({ link: { loss: 0.5, seed, minDelayMs: 10, maxDelayMs: 300 } })
      wire.login()
      expect(wire.client.state).toBe('logged-in')
    }
  })

  it('a refusal is final: commands fail, nothing more is sent, and a later acceptance has no effect', () => {
    const session = new ClientSession()
    const id = session.sendCommand(encodeText('players'), { resend: true }, 0)
    session.login(password, 10)
    session.takeDatagrams()
    session.receive(refused, 60)
    expect(session.takeEvents()).toEqual([
      { type: 'login-refused', attempts: 1, elapsedMs: 50 },
      { type: 'failure', id, reason: 'login-refused', outcome: 'not-sent', attempts: 0, elapsedMs: 60 },
    ])
    session.receive(accepted, 70)
    session.handleTimeout(100_000)
    expect(session.state).toBe('refused')
    expect(session.nextTimeout()).toBeUndefined()
    expect(session.takeDatagrams()).toEqual([])
    expect(session.takeEvents()).toEqual([])
    expect(() => session.sendCommand(password, { resend: true }, 0)).toThrow(
      expect.objectContaining({ code: 'closed' }),
    )
  })

  it.each([
    ['yes', accepted],
    ['no', refused],
  ])('the second answer to a repeated login has no effect: %s', (_, second) => {
    const session = new ClientSession()
    session.login(password, 0)
    session.handleTimeout(1_000)
    session.receive(accepted, 1_010)
    session.receive(second, 1_020)
    expect(session.takeEvents().map(({ type }) => type)).toEqual(['logged-in'])
    expect(session.state).toBe('logged-in')
  })

  it('commands sent before the login wait for it in order', () => {
    const texts: string[] = []
    const wire = new Wire({
      onServerDatagram: (datagram) => {
        const packet = decodeClientPacket(datagram)
        texts.push(packet.type === 'command' ? String.fromCharCode(...packet.bytes) : packet.type)
      },
    })
    for (const text of ['a', 'b', 'c']) wire.client.sendCommand(encodeText(text), { resend: false }, 0)
    wire.login()
    wire.run(10)
    expect(texts).toEqual(['login', 'a', 'b', 'c'])
  })

  it('an unanswered login fails the waiting commands', () => {
    const session = new ClientSession()
    session.sendCommand(encodeText('x'), { resend: true, timeoutMs: 60_000 }, 0)
    session.login(password, 0)
    session.handleTimeout(20_000)
    expect(session.takeEvents()).toMatchObject([
      { type: 'login-timed-out' },
      { type: 'failure', reason: 'login-timed-out', outcome: 'not-sent' },
    ])
  })

  it('a second login is refused in every state', () => {
    const session = new ClientSession()
    session.login(password, 0)
    const again = () => session.login(password, 1)
    const error = (state: string) =>
      expect.objectContaining({
        code: 'already-connected',
        message: `A session logs in only once, and this one is "${state}" already; create a new session for each login`,
      })
    expect(again).toThrow(error('logging-in'))
    session.receive(refused, 2)
    expect(again).toThrow(error('refused'))
  })

  it('a password that cannot be sent is refused, with no effect', () => {
    const session = new ClientSession()
    expect(() => session.login(encodeText('a\0b'), 0)).toThrow(
      expect.objectContaining({ argument: 'password' }),
    )
    expect(session.state).toBe('new')
    expect(session.takeDatagrams()).toEqual([])
  })

  it('timers before the call of `login` have no effect', () => {
    const session = new ClientSession()
    session.handleTimeout(100_000)
    expect([session.state, session.nextTimeout()]).toEqual(['new', undefined])
    expect(session.takeDatagrams()).toEqual([])
    expect(session.takeEvents()).toEqual([])
  })

  it('a timeout of the call that is no duration is refused by name, with no effect', () => {
    const session = new ClientSession()
    expect(() => session.login(password, 0, -1)).toThrow(expect.objectContaining({ argument: 'timeoutMs' }))
    expect(session.state).toBe('new')
  })

  it('datagrams received before the call of `login` have no effect', () => {
    const session = new ClientSession()
    session.receive(accepted, 0)
    session.receive(Uint8Array.of(1, 2, 3), 0)
    expect(session.state).toBe('new')
    expect(session.takeEvents()).toEqual([])
    expect(session.statistics.received).toBe(0)
  })

  it('only a login answer answers the login', () => {
    const session = new ClientSession()
    session.login(password, 0)
    session.receive(encodeServerPacket({ type: 'response', sequence: 0, bytes: password }), 1)
    const events: readonly ClientSessionEvent[] = session.takeEvents()
    expect(events).toEqual([])
    expect(session.statistics.unexpected).toBe(1)
    expect(session.state).toBe('logging-in')
  })
})
