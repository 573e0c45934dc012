import { describe, expect, it } from 'vitest'
import { encodeServerPacket } from '../encode.js'
import { loggedInClient } from '../testing/logged-in.js'
import { Wire } from '../testing/wire.js'
import { encodeText } from '../text.js'
import type { ClientEvent } from './client-event.js'
import { ClientSession } from './client-session.js'

const response = (sequence: number) =>
  encodeServerPacket({ type: 'response', sequence, bytes: new Uint8Array() })
const say = (session: ClientSession, now: number) =>
  session.sendCommand(encodeText('say'), { resend: false, timeoutMs: 60_000 }, now)

describe('a server that has forgotten the client', () => {
  it('is noticed after 30 unanswered packets and 10 s after the 30th, not the first', () => {
    const session = loggedInClient()
    for (let i = 0; i < 30; i++) say(session, i * 100)
    expect(session.nextTimeout()).toBe(2_900 + 10_000)
    session.handleTimeout(12_899)
    expect(session.state).toBe('logged-in')
    session.handleTimeout(12_900)
    expect(session.state).toBe('forgotten')
    const events = session.takeEvents()
    expect(events[0]).toEqual({ type: 'forgotten', unanswered: 30, silentMs: 12_900 })
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

  it('has forgotten although it still sends messages: they say nothing about commands', () => {
    const session = loggedInClient()
    for (let i = 0; i < 30; i++) say(session, 0)
    session.receive(encodeServerPacket({ type: 'message', sequence: 0, bytes: encodeText('x') }), 9_000)
    session.handleTimeout(10_000)
    expect(session.state).toBe('forgotten')
  })

  it('is noticed through keep-alives alone, within two minutes', () => {
    const events: ClientEvent[] = []
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
