import { describe, expect, it } from 'vitest'
import { Wire } from '../testing/wire.js'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSessionOptions } from './client-options.js'
import { ClientSession } from './client-session.js'

const accepted = encodeServerPacket({ type: 'login', accepted: true })
const message = (sequence: number, text = `line ${sequence}`) =>
  encodeServerPacket({ type: 'message', sequence, bytes: encodeText(text) })

function loggingIn(options: Partial<ClientSessionOptions> = {}): ClientSession {
  const session = new ClientSession(options)
  session.login(encodeText('hunter2'), 0)
  session.takeDatagrams()
  return session
}

function loggedIn(): ClientSession {
  const session = loggingIn()
  session.receive(accepted, 10)
  session.takeEvents()
  return session
}

const acknowledged = (session: ClientSession) =>
  session.takeDatagrams().map((datagram) => {
    const packet = decodeClientPacket(datagram)
    return packet.type === 'acknowledgement' ? packet.sequence : packet.type
  })

describe('messages', () => {
  it('each is acknowledged and emitted at once, with its number (P8)', () => {
    const session = loggedIn()
    session.receive(message(1), 20)
    session.receive(message(0), 21)
    expect(acknowledged(session)).toEqual([1, 0])
    expect(session.takeEvents()).toEqual([
      { type: 'message', bytes: encodeText('line 1'), sequence: 1, number: 1 },
      { type: 'message', bytes: encodeText('line 0'), sequence: 0, number: 0 },
    ])
    // With the login and its answer.
    expect(session.statistics).toMatchObject({ sent: 3, received: 3, acknowledged: 2, repeated: 0 })
  })

  it('what is none is reported, counted, and not acknowledged', () => {
    const session = loggedIn()
    session.receive(Uint8Array.of(1, 2, 3), 20)
    expect(session.takeEvents()).toMatchObject([{ type: 'malformed', problem: 'too-short' }])
    expect(acknowledged(session)).toEqual([])
    expect(session.statistics.malformed).toBe(1)
  })

  it('a repeated one is acknowledged again but not emitted again (P8, W10)', () => {
    const session = loggedIn()
    for (let i = 0; i < 3; i++) session.receive(message(0), 20 + i)
    expect(acknowledged(session)).toEqual([0, 0, 0])
    expect(session.takeEvents()).toHaveLength(1)
    expect(session.statistics).toMatchObject({ acknowledged: 3, repeated: 2 })
  })

  it('the same text twice is two messages (W10)', () => {
    const session = loggedIn()
    session.receive(message(0, 'hi'), 20)
    session.receive(message(1, 'hi'), 20)
    expect(session.takeEvents()).toHaveLength(2)
  })

  it('all of 2,000 arrive exactly once over a bad link, and each is acknowledged', () => {
    const texts: string[] = []
    const numbers: number[] = []
    const wire = new Wire({
      link: { seed: 4, loss: 0.2, repeat: 0.2, reorder: 0.2, corrupt: 0.05, minDelayMs: 5, maxDelayMs: 90 },
      server: { messageAttempts: Number.POSITIVE_INFINITY, maxQueuedMessages: 2_000 },
      onClientEvent: (event) => {
        if (event.type !== 'message') return
        texts.push(decodeText(event.bytes))
        numbers.push(event.number)
      },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, new Uint8Array()),
    })
    wire.login()
    for (let i = 0; i < 2_000; i++)
      expect(wire.server.sendMessage(encodeText(`line ${i}`), wire.now)).toBe(true)
    wire.run(600_000, () => wire.server.openMessages + wire.server.queuedMessages === 0)
    expect(wire.server.openMessages + wire.server.queuedMessages).toBe(0)
    expect(texts).toHaveLength(2_000)
    expect(texts.toSorted()).toEqual(Array.from({ length: 2_000 }, (_, i) => `line ${i}`).toSorted())
    expect(texts).toEqual(numbers.map((number) => `line ${number}`))
  })
})

describe('messages that arrive before the answer to the login (W15)', () => {
  it('are acknowledged, kept, and emitted after the login', () => {
    const session = loggingIn()
    session.receive(message(0), 5)
    session.receive(message(1), 6)
    session.receive(message(0), 7)
    expect(acknowledged(session)).toEqual([0, 1, 0])
    expect(session.takeEvents()).toEqual([])
    session.receive(accepted, 10)
    expect(
      session.takeEvents().map((event) => (event.type === 'message' ? event.number : event.type)),
    ).toEqual(['logged-in', 0, 1])
    session.receive(message(1), 12)
    expect(acknowledged(session)).toEqual([1])
    expect(session.takeEvents()).toEqual([])
  })

  it('are emitted once even if the login is answered twice', () => {
    const session = loggingIn()
    session.receive(message(0), 5)
    session.receive(accepted, 10)
    session.receive(accepted, 11)
    expect(session.takeEvents()).toHaveLength(2)
  })

  it('are not acknowledged beyond the limit, so the server repeats them', () => {
    const session = loggingIn({ maxEarlyMessages: 2 })
    for (let i = 0; i < 5; i++) session.receive(message(i), 5)
    expect(acknowledged(session)).toEqual([0, 1])
    session.receive(accepted, 10)
    session.receive(message(2), 2_005)
    expect(acknowledged(session)).toEqual([2])
    expect(session.takeEvents().filter(({ type }) => type === 'message')).toHaveLength(3)
  })

  it('are not required', () => {
    const session = loggingIn({ maxEarlyMessages: 0 })
    session.receive(message(0), 5)
    expect(acknowledged(session)).toEqual([])
  })

  it('are not emitted if the login is refused', () => {
    const session = loggingIn()
    session.receive(message(0), 5)
    session.receive(encodeServerPacket({ type: 'login', accepted: false }), 6)
    expect(session.takeEvents().map(({ type }) => type)).toEqual(['login-refused'])
  })
})
