import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { createRandom } from '../link/random.js'
import { Wire } from '../testing/wire.js'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSession } from './client-session.js'

const response = (sequence: number, text = 'ok') =>
  encodeServerPacket({ type: 'response', sequence, bytes: encodeText(text) })
const part = (sequence: number, total: number, index: number, text = 'part') =>
  encodeServerPacket({ type: 'response-part', sequence, total, index, bytes: encodeText(text) })
const texts = (session: ClientSession) =>
  session.takeDatagrams().map((datagram) => {
    const packet = decodeClientPacket(datagram)
    return packet.type === 'command' ? decodeText(packet.bytes) : packet.type
  })
const again = { resend: true } as const
const once = { resend: false } as const

describe('a command', () => {
  it('is sent at once and answered by the response with its sequence (P5, P6)', () => {
    const session = loggedInClient()
    const id = session.sendCommand(encodeText('players'), again, 100)
    expect(session.takeDatagrams().map(decodeClientPacket)).toEqual([
      { type: 'command', sequence: 0, bytes: encodeText('players') },
    ])
    session.receive(response(0, 'nobody'), 140)
    expect(session.takeEvents()).toEqual([
      { type: 'reply', id, bytes: encodeText('nobody'), attempts: 1, elapsedMs: 40, sentAfter: -1 },
    ])
    expect(session.statistics).toMatchObject({ smoothedRoundTripMs: 40, lastRoundTripMs: 40, inFlight: 0 })
  })

  it('reports the number of the newest message before its first sending', () => {
    const session = loggedInClient({ maxInFlight: 1 })
    const message = (sequence: number) =>
      session.receive(encodeServerPacket({ type: 'message', sequence, bytes: encodeText('x') }), 0)
    for (const text of ['a', 'b']) session.sendCommand(encodeText(text), again, 0)
    message(1)
    message(0)
    session.handleTimeout(1_000)
    session.receive(response(0), 1_001)
    message(2)
    // The first was sent twice, each time with its own sequence.
    session.receive(response(2), 1_002)
    const replies = session.takeEvents().filter(({ type }) => type === 'reply')
    // The second waited in the queue, and was sent after messages 0 and 1.
    expect(replies).toMatchObject([{ sentAfter: -1 }, { sentAfter: 1 }])
  })

  it('counts as one datagram sent, and measures even an answer within the same millisecond', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('players'), again, 5)
    session.receive(response(0), 5)
    expect(session.statistics).toMatchObject({ sent: 2, resent: 0, smoothedRoundTripMs: 0 })
  })

  it('that is neither text nor bytes is refused by name', () => {
    const session = loggedInClient()
    expect(() => session.sendCommand([1] as unknown as Uint8Array, once, 0)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument: 'bytes' }),
    )
    expect(session.statistics).toMatchObject({ inFlight: 0, queued: 0 })
  })

  it('accepts an empty text and an empty reply (W3)', () => {
    const session = loggedInClient()
    const id = session.sendCommand(new Uint8Array(), once, 0)
    session.receive(response(0, ''), 1)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', id, bytes: new Uint8Array() }])
  })

  it('with `resend` is sent again, each time with its own sequence, until one sending is answered', () => {
    for (const answered of [0, 1, 2, 3]) {
      const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000 })
      session.sendCommand(encodeText('players'), again, 0)
      for (const [index, at] of [1_000, 2_000, 3_000].entries()) {
        session.takeDatagrams()
        expect(session.nextTimeout()).toBe(at)
        session.handleTimeout(at)
        expect(session.takeDatagrams().map(decodeClientPacket)).toEqual([
          { type: 'command', sequence: index + 1, bytes: encodeText('players') },
        ])
      }
      session.receive(response(answered), 3_010)
      expect(session.takeEvents()).toMatchObject([{ type: 'reply', attempts: 4, elapsedMs: 3_010 }])
      session.handleTimeout(20_000)
      expect(session.takeDatagrams()).toEqual([])
    }
  })

  it.each([
    [0, 1_010],
    [1, 10],
  ])('is measured from the answered sending, even if it was sent more than once: %i', (sequence, ms) => {
    const session = loggedInClient()
    session.sendCommand(encodeText('players'), again, 0)
    session.handleTimeout(1_000)
    session.receive(response(sequence), 1_010)
    expect(session.statistics.smoothedRoundTripMs).toBe(ms)
  })

  it('is sent again with its sequence, and not measured, if 128 commands may need all others', () => {
    const session = loggedInClient({ ...PATIENT, maxInFlight: 128 })
    session.sendCommand(encodeText('version'), again, 0)
    session.receive(response(0), 400)
    session.takeEvents()
    session.takeDatagrams()
    session.sendCommand(encodeText('players'), again, 1_000)
    session.handleTimeout(2_200)
    const sequences = session.takeDatagrams().map(decodeClientPacket)
    expect(sequences).toMatchObject([{ sequence: 1 }, { sequence: 1 }])
    session.receive(response(1), 2_210)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', attempts: 2 }])
    expect(session.statistics).toMatchObject({ smoothedRoundTripMs: 400, lastRoundTripMs: 400 })
  })

  it('without `resend` is sent once, and its outcome is unknown (W7)', () => {
    const session = loggedInClient(PATIENT)
    const id = session.sendCommand(encodeText('kick 3'), once, 0)
    expect(session.nextTimeout()).toBe(10_000)
    session.handleTimeout(9_999)
    session.handleTimeout(10_000)
    expect(texts(session)).toEqual(['kick 3'])
    expect(session.takeEvents()).toEqual([
      { type: 'failure', id, reason: 'timed-out', outcome: 'unknown', attempts: 1, elapsedMs: 10_000 },
    ])
  })

  it('was executed if a part of its reply arrived', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), once, 0)
    session.receive(part(0, 2, 1), 100)
    expect(session.statistics.partsBytes).toBe(4)
    session.handleTimeout(10_000)
    expect(session.takeEvents()).toMatchObject([{ reason: 'timed-out', outcome: 'executed' }])
    expect(session.statistics.partsBytes).toBe(0)
  })

  it('is answered from the parts of one sending, and ignores those of others', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), again, 0)
    session.receive(part(0, 3, 0, 'old '), 10)
    session.receive(part(0, 3, 1, 'old '), 10)
    session.handleTimeout(1_000)
    for (const index of [0, 1, 2]) session.receive(part(1, 3, index, 'new '), 1_010)
    const [reply] = session.takeEvents()
    expect(reply).toMatchObject({ type: 'reply', bytes: encodeText('new new new ') })
    expect(reply).not.toHaveProperty('mixed')
    expect(session.statistics.partsBytes).toBe(0)
  })

  it('is not answered from parts of different totals, even of one sending', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), once, 0)
    session.receive(part(0, 3, 0, 'old'), 10)
    session.receive(part(0, 2, 1, 'b'), 11)
    expect(session.takeEvents()).toEqual([])
    session.receive(part(0, 2, 0, 'a'), 12)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', bytes: encodeText('ab') }])
  })

  it('is answered from two sendings that agree, and marks the reply as mixed', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), again, 0)
    session.receive(part(0, 3, 0, 'a'), 10)
    session.receive(part(0, 3, 1, 'b'), 10)
    session.handleTimeout(1_000)
    session.receive(part(1, 3, 2, 'c'), 1_010)
    expect(session.takeEvents()).toEqual([])
    session.receive(part(1, 3, 1, 'b'), 1_011)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', bytes: encodeText('abc'), mixed: true }])
  })

  it('is sent again after the first interval, not a longer one, while parts of its reply arrive', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), again, 0)
    session.receive(part(0, 3, 0), 100)
    // SRTT + 4·RTTVAR of the first measurement; later ones are not shorter.
    const intervalMs = 100 + 4 * 50
    let at = 1_000
    session.handleTimeout(at)
    for (let sequence = 1; sequence < 6; sequence++) {
      session.takeDatagrams()
      session.receive(part(sequence, 3, sequence % 2, `${sequence}`), at + 100)
      session.handleTimeout(at + intervalMs)
      expect(session.takeDatagrams()).toHaveLength(1)
      at += intervalMs
    }
  })

  it('is not sent again earlier because a part of its answer arrived', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), again, 0)
    session.receive(part(0, 3, 0), 100)
    expect(session.nextTimeout()).toBe(1_000)
  })

  it('is not sent again earlier or later because another one was answered', () => {
    const session = loggedInClient()
    for (const text of ['a', 'b']) session.sendCommand(encodeText(text), again, 0)
    session.receive(response(0), 990)
    session.takeDatagrams()
    expect(session.nextTimeout()).toBe(1_000)
    session.handleTimeout(1_000)
    expect(texts(session)).toEqual(['b'])
  })

  it('on a slow network waits for its answer as long as answers take', () => {
    const session = loggedInClient(PATIENT)
    session.sendCommand(encodeText('a'), again, 0)
    session.handleTimeout(1_000)
    session.receive(response(0), 2_000)
    session.sendCommand(encodeText('b'), again, 3_000)
    expect(session.nextTimeout()).toBe(6_000)
  })

  it('is not sent again while its answer slowly arrives', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('bans'), again, 0)
    for (let index = 0; index < 40; index++) {
      session.handleTimeout(50 * index)
      session.receive(part(0, 41, index), 50 * index)
    }
    expect(session.statistics.resent).toBe(0)
    session.handleTimeout(50 * 39 + 100)
    expect(session.statistics.resent).toBe(1)
  })

  it('is refused by name if it does not fit a datagram or has a bad timeout', () => {
    const session = loggedInClient()
    const send = (length: number, timeoutMs: number) =>
      session.sendCommand(new Uint8Array(length), { resend: true, timeoutMs }, 0)
    expect(() => send(65_499, 1)).toThrow(expect.objectContaining({ argument: 'bytes' }))
    expect(() => send(1, -1)).toThrow(expect.objectContaining({ argument: 'timeoutMs' }))
    expect(() => send(1, Number.NaN)).toThrow(expect.objectContaining({ argument: 'timeoutMs' }))
    expect(session.takeDatagrams()).toEqual([])
    send(65_498, 1)
    expect(session.takeDatagrams()).toHaveLength(1)
  })
})

describe('many commands', () => {
  it('at most `maxInFlight` are in flight, and the rest follow in order', () => {
    const session = loggedInClient({ maxInFlight: 2 })
    for (const text of ['a', 'b', 'c', 'd']) session.sendCommand(encodeText(text), once, 0)
    expect(texts(session)).toEqual(['a', 'b'])
    expect(session.statistics).toMatchObject({ inFlight: 2, queued: 2 })
    session.receive(response(1), 10)
    expect(texts(session)).toEqual(['c'])
    session.receive(response(0), 10)
    expect(texts(session)).toEqual(['d'])
    expect(session.statistics).toMatchObject({ inFlight: 2, queued: 0 })
  })

  it('each gets exactly one reply or failure, its own, whatever happens', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const random = createRandom(seed)
      const answers = new Map<number, string[]>()
      const wire = new Wire({
        client: { maxInFlight: 8 },
        link: { seed, loss: 0.25, repeat: 0.2, reorder: 0.2, corrupt: 0.1, minDelayMs: 5, maxDelayMs: 200 },
        server: { partBytes: 8 },
        onServerEvent: (event) =>
          event.type === 'command' &&
          wire.server.reply(event.id, encodeText(`reply to ${decodeText(event.bytes)}`)),
        onClientEvent: (event) => {
          if (event.type === 'reply') answers.get(event.id)?.push(decodeText(event.bytes))
          if (event.type === 'failure') answers.get(event.id)?.push(event.reason)
        },
      })
      wire.login()
      for (let i = 1; i <= 200; i++) {
        const options = { resend: random() < 0.7, timeoutMs: 200 + random() * 8_000 }
        const id = wire.client.sendCommand(encodeText(`command ${i}`), options, wire.now)
        expect(id).toBe(i)
        answers.set(id, [])
        if (random() < 0.1) wire.client.cancel(id - Math.floor(random() * 5), wire.now)
        wire.run(wire.now + random() * 40)
      }
      wire.run(wire.now + 5_000)
      wire.client.close(wire.now)
      wire.run(wire.now + 20_000)
      const sorts = new Set<string>()
      for (const [id, given] of answers) {
        const [answer] = given
        expect(given).toHaveLength(1)
        expect([`reply to command ${id}`, 'timed-out', 'canceled', 'closed']).toContain(answer)
        sorts.add((answer ?? '').replace(/\d+/, ''))
      }
      expect(sorts.size).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('canceling', () => {
  it('a queued command fails as not sent, and is not sent', () => {
    const session = loggedInClient({ maxInFlight: 1 })
    session.sendCommand(encodeText('a'), again, 0)
    const id = session.sendCommand(encodeText('b'), again, 0)
    session.cancel(id, 5)
    expect(session.takeEvents()).toEqual([
      { type: 'failure', id, reason: 'canceled', outcome: 'not-sent', attempts: 0, elapsedMs: 5 },
    ])
    session.receive(response(0), 10)
    expect(texts(session)).toEqual(['a'])
  })

  it('a command in flight makes room for another, and its late reply is ignored', () => {
    const session = loggedInClient({ maxInFlight: 1 })
    const first = session.sendCommand(encodeText('a'), once, 0)
    const second = session.sendCommand(encodeText('b'), once, 0)
    session.cancel(first, 5)
    expect(texts(session)).toEqual(['a', 'b'])
    session.receive(response(0, 'late'), 10)
    session.receive(response(1, 'mine'), 11)
    expect(session.takeEvents()).toMatchObject([
      { id: first, reason: 'canceled', outcome: 'unknown' },
      { id: second, type: 'reply', bytes: encodeText('mine') },
    ])
    expect(session.statistics.unexpected).toBe(1)
  })

  it('has no effect on an answered or unknown command, or on the keep-alive', () => {
    const session = loggedInClient()
    const id = session.sendCommand(encodeText('a'), once, 0)
    session.receive(response(0), 1)
    session.takeEvents()
    for (const other of [id, 99, 0, -1]) session.cancel(other, 2)
    expect(session.takeEvents()).toEqual([])
  })

  it('closing fails all unanswered commands in the order of the calls, each with its outcome', () => {
    const session = loggedInClient({ maxInFlight: 2 })
    for (const text of ['a', 'b', 'c']) session.sendCommand(encodeText(text), again, 0)
    session.receive(part(1, 2, 0), 10)
    session.close(50)
    expect(session.takeEvents()).toMatchObject([
      { id: 1, reason: 'closed', outcome: 'unknown', elapsedMs: 50 },
      { id: 2, reason: 'closed', outcome: 'executed' },
      { id: 3, reason: 'closed', outcome: 'not-sent' },
    ])
    expect(session.state).toBe('closed')
    expect(session.nextTimeout()).toBeUndefined()
    expect(session.statistics).toMatchObject({ inFlight: 0, queued: 0, partsBytes: 0 })
  })

  it('a closed session receives, sends and emits nothing', () => {
    const session = loggedInClient()
    session.close(0)
    session.close(1)
    session.receive(response(0), 2)
    session.receive(Uint8Array.of(1), 2)
    session.handleTimeout(100_000)
    expect(session.takeEvents()).toEqual([])
    expect(session.takeDatagrams()).toEqual([])
    expect(() => session.sendCommand(encodeText('a'), again, 3)).toThrow(
      expect.objectContaining({ code: 'closed', message: expect.stringContaining('closed') }),
    )
  })
})
