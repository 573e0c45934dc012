// @ts-nocheck
import { expect, it } from 'vitest'
import { loggedInClient } from '../../test/logged-in.js'
import { encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSession } from './client-session.js'

const players = encodeText('players')

function sequencesSent(session: ClientSession): number[] {
  return session.takeDatagrams().map((datagram) => {
    const packet = decodeClientPacket(datagram)
    if (packet.type !== 'command') throw new Error(`sent ${packet.type}`)
    return packet.sequence
  })
}

/** A session whose only command was answered by a server that hung for `ms`. */
function slowlyAnswered(ms: number): ClientSession {
  const session = loggedInClient({}, 10)
  session.sendCommand(players, { resend: false, timeoutMs: 120_000 }, 20)
  const [sequence = -1] = sequencesSent(session)
  session.receive(encodeServerPacket({ type: 'response', sequence, bytes: players }), 20 + ms)
  session.takeEvents()
  return session
}

it('a server that hung for a minute does not delay the repeats of a keep-alive (P7)', () => {
  const session = slowlyAnswered(60_000)
  const sentAt: number[] = []
  for (let now = session.nextTimeout() ?? 0; sentAt.length < 10; now = session.nextTimeout() ?? 0) {
    session.handleTimeout(now)
    if (session.takeDatagrams().length > 0) sentAt.push(now)
  }
  const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000)
})

it('after a server hung for a minute, a command is still sent again many times', () => {
  const session = slowlyAnswered(60_000)
  const now = 70_000
  session.sendCommand(players, { resend: true, timeoutMs: 30_000 }, now)
  let sent = sequencesSent(session).length
  while ((session.nextTimeout() ?? Number.POSITIVE_INFINITY) <= now + 30_000) {
    session.handleTimeout(session.nextTimeout() ?? 0)
    sent += sequencesSent(session).length
    session.takeEvents()
  }
  expect(sent).toBeGreaterThanOrEqual(10)
})

it('an unanswered sending’s sequence rests at least a second after the answer to another sending', () => {
  const session = loggedInClient({}, 10)
  session.sendCommand(players, { resend: true }, 20)
  expect(sequencesSent(session)).toEqual([0])
  session.handleTimeout(session.nextTimeout() ?? 0)
  expect(sequencesSent(session)).toEqual([1])
  const answeredAt = 1_100
  session.receive(encodeServerPacket({ type: 'response', sequence: 1, bytes: players }), answeredAt)
  // All others are used up within that second.
  for (let i = 2; i < 256; i++) {
    session.sendCommand(players, { resend: false }, answeredAt + 1)
    expect(sequencesSent(session)).toEqual([i])
    session.receive(encodeServerPacket({ type: 'response', sequence: i, bytes: players }), answeredAt + 2)
  }
  session.sendCommand(players, { resend: false }, answeredAt + 999)
  expect(sequencesSent(session)).toEqual([1])
})

it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e19])('an invalid time is refused by name: %d', (now) => {
  const session = loggedInClient({}, 10)
  expect(() => session.sendCommand(players, { resend: true }, now)).toThrow(/^now must be/)
  expect(() => session.handleTimeout(now)).toThrow(/^now must be/)
})
