import { describe, expect, it } from 'vitest'
import { decodeClientPacket } from '../decode.js'
import { encodeServerPacket } from '../encode.js'
import { loggedInClient } from '../testing/logged-in.js'
import { Wire } from '../testing/wire.js'
import { encodeText } from '../text.js'
import type { ClientSessionEvent } from './client-event.js'
import { ClientSession } from './client-session.js'

const response = (sequence: number) =>
  encodeServerPacket({ type: 'response', sequence, bytes: new Uint8Array() })
const say = (session: ClientSession, now: number) =>
  session.sendCommand(encodeText('say'), { resend: false, timeoutMs: 60_000 }, now)

describe('a server that has forgotten the client', () => {
  it('is noticed after 30 unanswered packets, 10 s after the 30th, and a keep-alive that is not answered either', () => {
    const session = loggedInClient()
    for (let i = 0; i < 30; i++) say(session, i * 100)
    session.takeDatagrams()
    expect(session.nextTimeout()).toBe(2_900 + 10_000)
    session.handleTimeout(12_900)
    expect(session.state).toBe('logged-in')
    expect(session.takeDatagrams().map(decodeClientPacket)).toMatchObject([
      { type: 'command', bytes: new Uint8Array() },
    ])
    const repeatedAt = []
    for (let now = session.nextTimeout() ?? 0; now < 15_900; now = session.nextTimeout() ?? 0) {
      session.handleTimeout(now)
      repeatedAt.push(...session.takeDatagrams().map(() => now))
    }
    expect(repeatedAt).toEqual([13_900, 14_900])
    expect(session.state).toBe('logged-in')
    session.handleTimeout(15_900)
    expect(session.state).toBe('forgotten')
    const events = session.takeEvents()
    expect(events[0]).toEqual({ type: 'forgotten', unanswered: 33, silentMs: 15_900 })
    expect(events).toHaveLength(31)
    expect(events.slice(1).every((event) => event.type === 'failure' && event.reason === 'forgotten')).toBe(
      true,
    )
    expect(session.nextTimeout()).toBeUndefined()
  })

  it('is not noticed after 29 packets, however long ago', () => {
    const session = loggedInClient()
    for (let i = 0; i < 29; i++) say(session, 0)
    session.handleTimeout(29_000)
    expect(session.state).toBe('logged-in')
  })

  it('has not forgotten when any response comes, in the last moment too', () => {
    const session = loggedInClient()
    for (let i = 0; i < 40; i++) say(session, 0)
    session.receive(response(200), 9_999)
    session.handleTimeout(10_000)
    expect(session.state).toBe('logged-in')
    for (let i = 0; i < 20; i++) say(session, 10_000)
    session.handleTimeout(29_000)
    expect(session.state).toBe('logged-in')
  })

  it('has not forgotten while it sends new messages, in doubt too; one that came before is no news', () => {
    const message = (text: string) =>
      encodeServerPacket({ type: 'message', sequence: 0, bytes: encodeText(text) })
    for (const [text, state] of [
      ['new', 'logged-in'],
      ['before', 'forgotten'],
    ] as const) {
      const session = loggedInClient()
      session.receive(message('before'), 0)
      for (let i = 0; i < 30; i++) say(session, 0)
      session.handleTimeout(10_000)
      session.receive(message(text), 12_900)
      session.handleTimeout(13_000)
      session.handleTimeout(20_000)
      expect(session.state).toBe(state)
    }
  })

  it('has not forgotten when it answers the keep-alive, and what waits is sent again', () => {
    const session = loggedInClient()
    for (let i = 0; i < 30; i++)
      session.sendCommand(encodeText('bans'), { resend: true, timeoutMs: 60_000 }, 0)
    const isKeepAlive = (datagram: Uint8Array) => datagram.length === 9
    let keepAlive: number | undefined
    for (let now = 0; keepAlive === undefined; now = session.nextTimeout() ?? 0) {
      session.handleTimeout(now)
      const packet = session.takeDatagrams().filter(isKeepAlive).map(decodeClientPacket)[0]
      if (packet?.type === 'command') keepAlive = packet.sequence
      expect(now).toBeLessThan(15_000)
    }
    session.receive(response(keepAlive), 13_000)
    const { resent } = session.statistics
    session.handleTimeout(14_000)
    session.handleTimeout(16_500)
    expect(session.state).toBe('logged-in')
    expect(session.statistics.resent).toBeGreaterThan(resent)
  })

  it('says nothing new with a copy of an answer, but with one that comes too late', () => {
    for (const [sequence, state] of [
      [0, 'forgotten'],
      [1, 'logged-in'],
    ] as const) {
      const session = loggedInClient()
      say(session, 0)
      session.cancel(say(session, 0), 0)
      session.receive(response(0), 1)
      for (let i = 0; i < 30; i++) say(session, 10)
      session.handleTimeout(10_010)
      session.receive(response(sequence), 10_020)
      for (let now = 11_000; now <= 20_000; now += 500) session.handleTimeout(now)
      expect(session.state).toBe(state)
    }
  })

  it('is noticed through keep-alives alone, within two minutes', () => {
    const events: ClientSessionEvent[] = []
    const wire = new Wire({
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, new Uint8Array()),
      onClientEvent: (event) => events.push(event),
    })
    wire.login()
    wire.run(100_000)
    expect(wire.client.state).toBe('logged-in')
    wire.server.close()
    wire.run(Number.POSITIVE_INFINITY)
    expect(wire.client.state).toBe('forgotten')
    expect(wire.now).toBeLessThan(220_000)
    expect(events.at(-1)).toMatchObject({ type: 'forgotten' })
  })

  it('is not suspected where half of all datagrams are lost each way', () => {
    const wire = new Wire({
      link: { loss: 0.5, seed: 12, minDelayMs: 10, maxDelayMs: 100 },
      server: { messageAttempts: Number.POSITIVE_INFINITY },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, new Uint8Array()),
    })
    wire.login()
    wire.run(6 * 3_600_000)
    expect(wire.client.state).toBe('logged-in')
  })

  it('can be left to others to notice', () => {
    const session = new ClientSession({ forgottenAfterPackets: Number.POSITIVE_INFINITY })
    session.login(encodeText('hunter2'), 0)
    session.receive(encodeServerPacket({ type: 'login', accepted: true }), 0)
    for (let i = 0; i < 100; i++) say(session, 0)
    session.handleTimeout(59_000)
    expect(session.state).toBe('logged-in')
  })
})
