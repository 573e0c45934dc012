import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { Wire } from '../testing/wire.js'
import { encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSessionEvent } from './client-event.js'
import { ClientSession } from './client-session.js'

const response = (sequence: number) =>
  encodeServerPacket({ type: 'response', sequence, bytes: new Uint8Array() })
const say = (session: ClientSession, now: number) =>
  session.sendCommand(encodeText('say'), { resend: false, timeoutMs: 60_000 }, now)

/** Lets time pass up to `until` without any datagram from the server. */
function pass(session: ClientSession, until: number): void {
  for (;;) {
    const next = session.nextTimeout()
    if (next === undefined || next > until) return
    session.handleTimeout(next)
  }
}

describe('a server that has forgotten the client', () => {
  it('is probed by keep-alives after 2 s, unresponsive after 5 s, and lost after ten more seconds of silence', () => {
    const session = loggedInClient()
    say(session, 0)
    session.takeDatagrams()
    expect(session.nextTimeout()).toBe(2_000)
    const happened: [number, string][] = []
    while (session.state === 'logged-in') {
      const now = session.nextTimeout() ?? 0
      session.handleTimeout(now)
      for (const { type } of session.takeEvents()) happened.push([Math.round(now), type])
      const packets = session.takeDatagrams().map(decodeClientPacket)
      expect(packets.every((packet) => packet.type === 'command' && packet.bytes.length === 0)).toBe(true)
    }
    expect(happened).toEqual([
      [5_800, 'unresponsive'],
      [13_000, 'forgotten'],
      [13_000, 'failure'],
    ])
    expect(session.nextTimeout()).toBeUndefined()
  })

  it('is unresponsive before it is lost, however late a busy process runs its timers', () => {
    const session = loggedInClient()
    say(session, 0)
    while (session.nextTimeout() !== undefined && (session.nextTimeout() ?? 0) < 5_000)
      session.handleTimeout(session.nextTimeout() ?? 0)
    session.takeEvents()
    session.handleTimeout(60_000)
    expect(session.takeEvents().map(({ type }) => type)).toEqual(['unresponsive', 'forgotten', 'failure'])
  })

  it('was silent from the first packet that it did not answer', () => {
    const session = loggedInClient()
    say(session, 1_000)
    let sent = 0
    for (let at = session.nextTimeout(); at !== undefined; at = session.nextTimeout()) {
      session.handleTimeout(at)
      sent += session.takeDatagrams().length
    }
    const forgotten = session.takeEvents().find(({ type }) => type === 'forgotten')
    expect(forgotten).toEqual({ type: 'forgotten', unanswered: expect.any(Number), silentMs: 13_000 })
    expect(forgotten).toMatchObject({ unanswered: sent })
  })

  it('is not detected while nothing is unanswered, however old the last answer is', () => {
    const session = loggedInClient({ keepAliveMs: 45_000 })
    session.handleTimeout(44_000)
    expect([session.state, session.takeEvents()]).toEqual(['logged-in', []])
  })

  it('becomes responsive when it answers again, and the login continues', () => {
    const session = loggedInClient()
    say(session, 0)
    for (let now = 0; now < 9_000; now = session.nextTimeout() ?? 0) session.handleTimeout(now)
    expect(session.takeEvents()).toMatchObject([{ type: 'unresponsive' }])
    session.receive(response(0), 9_000)
    expect(session.takeEvents()).toMatchObject([
      { type: 'responsive', silentMs: 9_000 },
      { type: 'reply', id: 1 },
    ])
    expect(session.state).toBe('logged-in')
  })

  it('is not unresponsive while it answers keep-alives, even if a command is slow', () => {
    const events: string[] = []
    const wire = new Wire({
      onServerEvent: (event) =>
        event.type === 'command' && event.bytes.length === 0 && wire.server.reply(event.id, event.bytes),
      onClientEvent: ({ type }) => events.push(type),
    })
    wire.login()
    wire.client.sendCommand(encodeText('slow'), { resend: false, timeoutMs: 60_000 }, wire.now)
    wire.run(wire.now + 59_000)
    expect(new Set(events)).toEqual(new Set(['logged-in', 'reply']))
  })

  it('keeps the login if any response arrives, even at the last moment', () => {
    const session = loggedInClient()
    for (let i = 0; i < 40; i++) say(session, 0)
    pass(session, 12_990)
    session.receive(response(200), 12_990)
    pass(session, 25_900)
    expect(session.state).toBe('logged-in')
    pass(session, 26_000)
    expect(session.state).toBe('forgotten')
  })

  it('keeps the login while it sends new messages, but not if it only repeats one', () => {
    const message = (text: string) =>
      encodeServerPacket({ type: 'message', sequence: 0, bytes: encodeText(text) })
    for (const [text, state] of [
      ['new', 'logged-in'],
      ['before', 'forgotten'],
    ] as const) {
      const session = loggedInClient()
      session.receive(message('before'), 0)
      for (let i = 0; i < 30; i++) say(session, 0)
      pass(session, 12_900)
      session.receive(message(text), 12_900)
      pass(session, 20_000)
      expect(session.state).toBe(state)
    }
  })

  it('keeps the login if it answers the keep-alive, and waiting commands are sent again', () => {
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

  it('is not proven alive by a copy of an answer, but by a late answer', () => {
    for (const [sequence, state] of [
      [0, 'forgotten'],
      [1, 'logged-in'],
    ] as const) {
      const session = loggedInClient()
      say(session, 0)
      session.cancel(say(session, 0), 0)
      session.receive(response(0), 1)
      for (let i = 0; i < 30; i++) say(session, 10)
      pass(session, 10_020)
      session.receive(response(sequence), 10_020)
      pass(session, 20_000)
      expect(session.state).toBe(state)
    }
  })

  it('is detected by keep-alives alone within half a minute', () => {
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
    expect(wire.now).toBeLessThan(130_000)
    expect(events.at(-1)).toMatchObject({ type: 'forgotten' })
  })

  it('is not suspected if half of all datagrams are lost in each direction', () => {
    const wire = new Wire({
      link: { loss: 0.5, seed: 12, minDelayMs: 10, maxDelayMs: 100 },
      server: { messageAttempts: Number.POSITIVE_INFINITY },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, new Uint8Array()),
    })
    wire.login()
    wire.run(6 * 3_600_000)
    expect(wire.client.state).toBe('logged-in')
  })

  it('is not detected if that is turned off', () => {
    const session = new ClientSession(PATIENT)
    session.login(encodeText('hunter2'), 0)
    session.receive(encodeServerPacket({ type: 'login', accepted: true }), 0)
    for (let i = 0; i < 100; i++) say(session, 0)
    session.handleTimeout(59_000)
    expect(session.state).toBe('logged-in')
  })
})
