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

/** A session whose one command was answered by a server that hung for `ms` before. */
function slowlyAnswered(ms: number): ClientSession {
  const session = loggedInClient({}, 10)
  session.sendCommand(players, { resend: false, timeoutMs: 120_000 }, 20)
  const [sequence = -1] = sequencesSent(session)
  session.receive(encodeServerPacket({ type: 'response', sequence, bytes: players }), 20 + ms)
  session.takeEvents()
  return session
}

it('a server that hung for a minute does not put off the repeats of a keep-alive (P7)', () => {
  const session = slowlyAnswered(60_000)
  const sentAt: number[] = []
  for (let now = session.nextTimeout() ?? 0; sentAt.length < 10; now = session.nextTimeout() ?? 0) {
    session.handleTimeout(now)
    if (session.takeDatagrams().length > 0) sentAt.push(now)
  }
  const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000)
})

it('a server that hung for a minute leaves a command that may be sent again its many tries', () => {
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

it('the sequence of a sending that was not answered rests a second at least after the answer to another', () => {
  const session = loggedInClient({}, 10)
  session.sendCommand(players, { resend: true }, 20)
  expect(sequencesSent(session)).toEqual([0])
  session.handleTimeout(session.nextTimeout() ?? 0)
  expect(sequencesSent(session)).toEqual([1])
  const answeredAt = 1_100
  session.receive(encodeServerPacket({ type: 'response', sequence: 1, bytes: players }), answeredAt)
  // All others are used up within the second.
  for (let i = 2; i < 256; i++) {
    session.sendCommand(players, { resend: false }, answeredAt + 1)
    expect(sequencesSent(session)).toEqual([i])
    session.receive(encodeServerPacket({ type: 'response', sequence: i, bytes: players }), answeredAt + 2)
  }
  session.sendCommand(players, { resend: false }, answeredAt + 999)
  expect(sequencesSent(session)).toEqual([1])
})

it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e19])('a time that is none is refused by name: %d', (now) => {
  const session = loggedInClient({}, 10)
  expect(() => session.sendCommand(players, { resend: true }, now)).toThrow(/^now must be/)
  expect(() => session.handleTimeout(now)).toThrow(/^now must be/)
})
