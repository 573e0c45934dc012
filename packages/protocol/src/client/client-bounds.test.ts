import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { createRandom } from '../link/random.js'
import { encodeText } from '../text/text.js'
import { encodeServerPacket } from '../wire/encode.js'
import { ClientSession } from './client-session.js'

const part = (sequence: number, total: number, index: number, length: number) =>
  encodeServerPacket({ type: 'response-part', sequence, total, index, bytes: new Uint8Array(length) })
const send = (session: ClientSession) => session.sendCommand(encodeText('bans'), { resend: false }, 0)

describe('memory that a server can make a client use', () => {
  it('a reply longer than `maxReplyBytes` fails, and its parts are dropped', () => {
    const session = loggedInClient({ maxReplyBytes: 100 })
    const id = send(session)
    session.receive(part(0, 3, 0, 50), 1)
    session.receive(part(0, 3, 1, 50), 2)
    expect(session.statistics.partsBytes).toBe(100)
    session.receive(part(0, 3, 2, 1), 3)
    expect(session.takeEvents()).toEqual([
      { type: 'failure', id, reason: 'reply-too-large', outcome: 'executed', attempts: 1, elapsedMs: 3 },
    ])
    expect(session.statistics).toMatchObject({ partsBytes: 0, inFlight: 0 })
    session.receive(part(0, 3, 0, 50), 4)
    expect(session.statistics).toMatchObject({ partsBytes: 0, unexpected: 1 })
  })

  it('a reply of exactly `maxReplyBytes` arrives', () => {
    const session = loggedInClient({ maxReplyBytes: 100 })
    send(session)
    session.receive(part(0, 2, 0, 50), 1)
    session.receive(part(0, 2, 1, 50), 2)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', bytes: new Uint8Array(100) }])
  })

  it('all incomplete replies together use at most `maxPartsBytes`; the one that would exceed it fails', () => {
    const session = loggedInClient({ maxPartsBytes: 100 })
    const [first, second] = [send(session), send(session)]
    session.receive(part(0, 2, 0, 60), 1)
    session.receive(part(1, 2, 0, 60), 2)
    expect(session.takeEvents()).toMatchObject([{ id: second, reason: 'reply-too-large' }])
    expect(session.statistics.partsBytes).toBe(60)
    session.receive(part(0, 2, 1, 40), 3)
    expect(session.takeEvents()).toMatchObject([{ id: first, type: 'reply' }])
    expect(session.statistics.partsBytes).toBe(0)
  })

  it('a reply joined from two sendings is no longer than `maxReplyBytes` either', () => {
    const session = loggedInClient({ maxReplyBytes: 100 })
    session.sendCommand(encodeText('bans'), { resend: true }, 0)
    session.receive(part(0, 3, 0, 60), 1)
    session.receive(part(0, 3, 1, 10), 2)
    session.handleTimeout(1_000)
    session.receive(part(1, 3, 2, 60), 1_001)
    session.receive(part(1, 3, 1, 10), 1_002)
    expect(session.takeEvents()).toMatchObject([{ type: 'failure', reason: 'reply-too-large' }])
    expect(session.statistics.partsBytes).toBe(0)
  })

  it('beyond `maxPartsBytes`, the parts of the last sending are kept rather than those of earlier ones', () => {
    const session = loggedInClient({ maxPartsBytes: 100 })
    session.sendCommand(encodeText('bans'), { resend: true }, 0)
    session.receive(part(0, 3, 0, 50), 1)
    session.handleTimeout(1_000)
    session.receive(part(1, 3, 1, 50), 1_001)
    expect(session.statistics.partsBytes).toBe(100)
    session.receive(part(1, 3, 2, 10), 1_002)
    expect(session.takeEvents()).toEqual([])
    expect(session.statistics.partsBytes).toBe(60)
  })

  it('a reply that is too large makes room for the next command', () => {
    const session = loggedInClient({ maxReplyBytes: 10, maxInFlight: 1 })
    send(session)
    send(session)
    session.takeDatagrams()
    session.receive(part(0, 2, 0, 11), 1)
    expect(session.takeDatagrams()).toHaveLength(1)
  })

  it('counts exactly the bytes that it holds, whatever parts arrive', () => {
    const random = createRandom(3)
    const held: number[] = []
    const session = loggedInClient({
      ...PATIENT,
      keepAliveMs: 30_000,
      maxReplyBytes: 400,
      maxPartsBytes: 1_000,
    })
    for (let i = 0; i < 64; i++) send(session)
    for (let i = 0; i < 5_000; i++) {
      const total = 1 + Math.floor(random() * 4)
      const index = Math.floor(random() * total)
      session.receive(part(Math.floor(random() * 64), total, index, Math.floor(random() * 200)), 1)
      held.push(session.statistics.partsBytes)
    }
    expect(Math.min(...held)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...held)).toBeLessThanOrEqual(1_000)
    session.handleTimeout(20_000)
    expect(session.statistics).toMatchObject({ partsBytes: 0, inFlight: 0 })
  })

  it('a keep-alive with too large an answer emits no failure, and keep-alives continue', () => {
    const session = loggedInClient({ maxReplyBytes: 10 })
    session.handleTimeout(15_000)
    session.receive(part(0, 2, 0, 50), 15_010)
    expect(session.takeEvents()).toEqual([])
    expect(session.statistics.partsBytes).toBe(0)
    expect(session.nextTimeout()).toBe(30_000)
  })
})

describe('the options of a client', () => {
  it('accept the longest keep-alive interval that P7 allows', () => {
    const session = loggedInClient({ keepAliveMs: 45_000 })
    expect(session.nextTimeout()).toBe(45_000)
  })

  it.each([
    ['maxInFlight', 0],
    ['maxInFlight', 129],
    ['maxInFlight', 1.5],
    ['loginTimeoutMs', 0],
    ['loginResendIntervalMs', Number.NaN],
    ['keepAliveMs', -1],
    ['keepAliveMs', 45_001],
    ['keepAliveMs', Number.POSITIVE_INFINITY],
    ['minResendIntervalMs', '100'],
    ['sequenceRestMs', -1],
    ['forgottenAfterPackets', 0.5],
    ['maxReplyBytes', 0],
    ['maxPartsBytes', null],
    ['maxEarlyMessages', -1],
    ['maxEarlyMessages', 1.5],
    ['keepaliveMs', 1_000],
  ])('a bad %s is refused by name: %s', (argument, value) => {
    expect(() => new ClientSession({ [argument]: value })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })
})
