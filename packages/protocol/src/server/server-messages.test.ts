import { describe, expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { decodeServerPacket } from '../wire/decode.js'
import { encodeClientPacket } from '../wire/encode.js'
import type { ServerSessionOptions } from './server-options.js'
import { ServerSession } from './server-session.js'

function loggedIn(options: Partial<ServerSessionOptions> = {}): ServerSession {
  const session = new ServerSession(encodeText('hunter2'), options)
  session.receive(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }), 0)
  session.takeDatagrams()
  session.takeEvents()
  return session
}

const acknowledge = (session: ServerSession, sequence: number, now: number) =>
  session.receive(encodeClientPacket({ type: 'acknowledgement', sequence }), now)
const keepAlive = (session: ServerSession, now: number) =>
  session.receive(encodeClientPacket({ type: 'command', sequence: 0, bytes: new Uint8Array() }), now)
const line = encodeText('hello')

/** Calls `handleTimeout` whenever it is due, up to a time. */
function pass(session: ServerSession, until: number): void {
  for (let at = session.nextTimeout(); at !== undefined && at <= until; at = session.nextTimeout())
    session.handleTimeout(at)
}

describe('messages of a server', () => {
  it('each is sent at once, and its acknowledgment is emitted once (P8)', () => {
    const session = loggedIn()
    expect(session.sendMessage(line, 0)).toBe(true)
    expect(session.takeDatagrams().map(decodeServerPacket)).toEqual([
      { type: 'message', sequence: 0, bytes: line },
    ])
    acknowledge(session, 0, 10)
    acknowledge(session, 0, 11)
    acknowledge(session, 5, 12)
    expect(session.takeEvents()).toEqual([{ type: 'acknowledged', number: 0, sequence: 0 }])
    expect(session.openMessages).toBe(0)
  })

  it('have numbers that continue past the wraps of the sequence', () => {
    const session = loggedIn()
    for (let number = 0; number < 300; number++) {
      session.sendMessage(line, 0)
      acknowledge(session, number % 256, 0)
    }
    expect(session.takeEvents().at(-1)).toEqual({ type: 'acknowledged', number: 299, sequence: 43 })
  })

  it.each([
    [5, 10_000],
    [6, 12_000],
    [1, 2_000],
  ])('without an acknowledgment are sent %i times, then the peer is forgotten (P9)', (attempts, at) => {
    const session = attempts === 5 ? loggedIn() : loggedIn({ messageAttempts: attempts })
    session.sendMessage(line, 0)
    pass(session, at - 1)
    expect(session.state).toBe('logged-in')
    expect(session.takeDatagrams()).toHaveLength(attempts)
    pass(session, at)
    expect(session.takeDatagrams()).toEqual([])
    expect(session.takeEvents()).toEqual([{ type: 'expired', reason: 'unacknowledged' }])
    expect(session.state).toBe('expired')
    expect(session.nextTimeout()).toBeUndefined()
  })

  it('are repeated without end if so configured', () => {
    const session = loggedIn({ messageAttempts: Number.POSITIVE_INFINITY })
    session.sendMessage(line, 0)
    for (let now = 30_000; now <= 600_000; now += 30_000) {
      pass(session, now)
      keepAlive(session, now)
    }
    expect(session.state).toBe('logged-in')
    expect(session.takeDatagrams()).toHaveLength(301)
  })

  it('beyond the queue are refused, and `writable` reports when there is room again', () => {
    const session = loggedIn({ maxQueuedMessages: 3 })
    for (let i = 0; i < 68; i++) expect(session.sendMessage(line, 0)).toBe(true)
    expect(session).toMatchObject({ openMessages: 65, queuedMessages: 3 })
    expect(session.sendMessage(line, 0)).toBe(false)
    acknowledge(session, 1, 10)
    expect(session.takeEvents()).toEqual([{ type: 'acknowledged', number: 1, sequence: 1 }])
    acknowledge(session, 0, 11)
    expect(session.takeEvents()).toEqual([
      { type: 'acknowledged', number: 0, sequence: 0 },
      { type: 'writable' },
    ])
    expect(session.sendMessage(line, 12)).toBe(true)
    acknowledge(session, 2, 13)
    expect(session.takeEvents()).toEqual([{ type: 'acknowledged', number: 2, sequence: 2 }])
  })

  it('beyond the queue’s bytes are refused, and `writable` waits for room for the refused one', () => {
    const session = loggedIn({ maxQueuedBytes: 10 })
    for (let i = 0; i < 67; i++) expect(session.sendMessage(line, 0)).toBe(true)
    expect(session.sendMessage(line, 0)).toBe(false)
    acknowledge(session, 1, 10)
    expect(session.takeEvents()).not.toContainEqual({ type: 'writable' })
    acknowledge(session, 0, 11)
    expect(session.takeEvents()).toContainEqual({ type: 'writable' })
  })

  it('beyond the queue’s bytes: `writable` comes when there is room for the shortest that was refused', () => {
    const session = loggedIn({ maxQueuedBytes: 10 })
    for (let i = 0; i < 67; i++) session.sendMessage(line, 0)
    for (const length of [5, 10]) expect(session.sendMessage(new Uint8Array(length), 0)).toBe(false)
    acknowledge(session, 0, 11)
    expect(session.takeEvents()).toContainEqual({ type: 'writable' })
  })

  it('that wait are all sent, in order, as there is room', () => {
    const session = loggedIn()
    for (let number = 0; number < 75; number++) session.sendMessage(Uint8Array.of(number), 0)
    expect([session.openMessages, session.queuedMessages]).toEqual([65, 10])
    for (let number = 0; number < 75; number++) acknowledge(session, number, 1)
    const sent = session.takeDatagrams().map(decodeServerPacket)
    expect(sent.map((packet) => 'bytes' in packet && packet.bytes[0])).toEqual(
      Array.from({ length: 75 }, (_, number) => number),
    )
    expect([session.openMessages, session.queuedMessages]).toEqual([0, 0])
  })

  it('longer than a datagram are refused by name, with and without a login', () => {
    const session = loggedIn()
    const waiting = new ServerSession(encodeText('hunter2'))
    expect(() => waiting.sendMessage(new Uint8Array(65_499), 0)).toThrow(
      expect.objectContaining({ argument: 'bytes' }),
    )
    expect(() => session.sendMessage(new Uint8Array(65_499), 0)).toThrow(
      expect.objectContaining({ argument: 'bytes' }),
    )
    expect(session.sendMessage(new Uint8Array(65_498), 0)).toBe(true)
  })
})

describe('a peer that is silent (P7)', () => {
  it('is never forgotten if so configured', () => {
    const session = loggedIn({ clientTimeoutMs: Number.POSITIVE_INFINITY })
    expect(session.nextTimeout()).toBeUndefined()
    session.handleTimeout(1e9)
    expect(session.state).toBe('logged-in')
  })

  it('is forgotten 45 s after its login', () => {
    const session = loggedIn()
    expect(session.nextTimeout()).toBe(45_000)
    session.handleTimeout(44_999)
    expect(session.state).toBe('logged-in')
    session.handleTimeout(45_000)
    expect(session.takeEvents()).toEqual([{ type: 'expired', reason: 'silent' }])
    expect(session.state).toBe('expired')
  })

  it('is kept while it sends command packets', () => {
    const session = loggedIn()
    for (let now = 44_000; now < 600_000; now += 44_000) {
      session.handleTimeout(now)
      keepAlive(session, now)
    }
    expect(session.state).toBe('logged-in')
    expect(session.nextTimeout()).toBe(572_000 + 45_000)
  })

  it('is forgotten even if it acknowledges messages', () => {
    const session = loggedIn()
    for (let now = 0; now < 45_000; now += 1_000) {
      session.sendMessage(line, now)
      acknowledge(session, now / 1_000, now)
    }
    session.handleTimeout(45_000)
    expect(session.takeEvents().at(-1)).toEqual({ type: 'expired', reason: 'silent' })
  })

  it('gets no more answers', () => {
    const session = loggedIn()
    keepAlive(session, 1)
    session.handleTimeout(46_000)
    session.takeEvents()
    keepAlive(session, 46_001)
    session.reply(1, line)
    session.receive(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }), 46_002)
    expect(session.takeDatagrams()).toEqual([])
    expect(session.takeEvents()).toEqual([])
    expect(session.sendMessage(line, 46_003)).toBe(false)
  })

  it('can have a longer timeout', () => {
    const session = loggedIn({ clientTimeoutMs: 100_000 })
    session.handleTimeout(99_999)
    expect(session.state).toBe('logged-in')
  })
})
