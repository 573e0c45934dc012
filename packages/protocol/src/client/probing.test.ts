import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSession } from './client-session.js'

const response = (sequence: number) =>
  encodeServerPacket({ type: 'response', sequence, bytes: new Uint8Array() })
const message = encodeServerPacket({ type: 'message', sequence: 0, bytes: encodeText('hi') })

function ask(session: ClientSession, now: number, ...names: readonly string[]): void {
  for (const name of names) session.sendCommand(encodeText(name), { resend: true, timeoutMs: 60_000 }, now)
}

/** What is sent up to `until`: the time, the text, and the sequence. `onKeepAlive` can answer a keep-alive. */
function pass(session: ClientSession, until: number, onKeepAlive = (_sequence: number, _now: number) => {}) {
  const sent: { readonly at: number; readonly text: string; readonly sequence: number }[] = []
  const take = (at: number) => {
    for (const packet of session.takeDatagrams().map(decodeClientPacket)) {
      if (packet.type !== 'command') continue
      const text = decodeText(packet.bytes)
      sent.push({ at: Math.round(at), text, sequence: packet.sequence })
      if (text === '') onKeepAlive(packet.sequence, at)
    }
  }
  for (let now = session.nextTimeout(); now !== undefined && now <= until; now = session.nextTimeout()) {
    session.handleTimeout(now)
    take(now)
  }
  return sent
}

describe('several commands that a silent server does not answer', () => {
  const silent = () => {
    const session = loggedInClient({ ...PATIENT, keepAliveMs: 30_000 })
    ask(session, 0, 'a', 'b', 'c')
    session.takeDatagrams()
    return session
  }

  it('are sent again one at a time, the oldest sending first, and later each time', () => {
    expect(pass(silent(), 5_500).map(({ at, text }) => `${at} ${text}`)).toEqual([
      '1000 a',
      '2500 b',
      '4000 c',
      '5500 a',
    ])
  })

  it('are all sent again after an answer, once those that reached the server can have been answered', () => {
    const session = silent()
    const probe = pass(session, 2_500).at(-1)
    session.takeEvents()
    // The probe of b took 1.4 s; after such a measurement an answer may take 3 s.
    session.receive(response(probe?.sequence ?? -1), 3_900)
    expect(session.takeEvents()).toMatchObject([{ type: 'reply', id: 2 }])
    const sent = pass(session, 6_900)
    expect(sent.map(({ at, text }) => `${at} ${text}`)).toEqual(['6900 c', '6900 a'])
    // Nothing is held back now, so the next answer delays nothing.
    session.receive(response(sent[1]?.sequence ?? -1), 7_000)
    expect(pass(session, 8_500).map(({ at, text }) => `${at} ${text}`)).toEqual(['8400 c'])
  })

  it('are sent no earlier and no later because of a message, which says nothing about commands', () => {
    const session = silent()
    pass(session, 2_400)
    session.receive(message, 2_450)
    expect(pass(session, 4_000).map(({ at, text }) => `${at} ${text}`)).toEqual(['2500 b', '4000 c'])
  })
})

describe('commands of a server that answers keep-alives alone', () => {
  it('are sent again one at a time, though the server is there', () => {
    const session = loggedInClient()
    ask(session, 0, 'a', 'b', 'c')
    session.takeDatagrams()
    const sent = pass(session, 20_000, (sequence, now) => session.receive(response(sequence), now + 5))
    const times = sent.filter(({ text }) => text !== '').map(({ at }) => at)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(times.length).toBeGreaterThan(10)
    expect(Math.min(...gaps)).toBeGreaterThan(0)
  })
})

describe('a server that is probably gone', () => {
  it('gets keep-alives alone, and the commands again after it said something', () => {
    const session = loggedInClient()
    ask(session, 0, 'a')
    const early = pass(session, 9_999)
    expect(early.filter(({ text }) => text === 'a').length).toBeGreaterThan(5)
    const late = pass(session, 12_000)
    expect(new Set(late.map(({ text }) => text))).toEqual(new Set(['']))
    session.receive(message, 12_000)
    const again = pass(session, 13_000).filter(({ text }) => text === 'a')
    expect(again.map(({ at }) => at)).toEqual([13_000])
  })

  it('is not suspected later because of keep-alives: they probe at their own pace', () => {
    const session = loggedInClient()
    ask(session, 0, 'measured')
    session.receive(response(0), 32)
    ask(session, 100, 'a', 'b')
    session.takeDatagrams()
    const times = pass(session, 5_000).filter(({ text }) => text !== '')
    expect(times.map(({ at }) => at)).toEqual([200, 350, 575, 913, 1_419, 2_178, 3_317, 4_817])
  })
})

describe('the packets that a server must leave unanswered before it counts as unresponsive', () => {
  const send = (session: ClientSession, timeoutMs: number, now: number) =>
    session.sendCommand(encodeText('say'), { resend: false, timeoutMs }, now)

  /** How many, after 60 commands that were answered at once, and then `before`, which has ten seconds. */
  function packetsAfter(before: (session: ClientSession, now: number) => void): number {
    const session = loggedInClient()
    const exchange = (now: number) => {
      send(session, 1_000, now)
      const packet = decodeClientPacket(session.takeDatagrams().at(-1) as Uint8Array)
      if (packet.type === 'command') session.receive(response(packet.sequence), now)
    }
    for (let i = 0; i < 60; i++) exchange(300 * i)
    before(session, 20_000)
    exchange(30_000)
    session.takeEvents()
    send(session, 60_000, 30_001)
    pass(session, 40_000)
    const event = session.takeEvents().find(({ type }) => type === 'unresponsive')
    return event?.type === 'unresponsive' ? event.unanswered : Number.NaN
  }

  const CANCELED = (session: ClientSession, now: number) => {
    for (let i = 0; i < 60; i++) session.cancel(send(session, 1_000, now), now)
  }
  const UNANSWERED = (session: ClientSession, now: number) => {
    for (let i = 0; i < 20; i++) {
      send(session, 50, now + 100 * i)
      session.handleTimeout(now + 100 * i + 50)
    }
  }
  const USUAL = 9

  it('are few on a network without loss', () => {
    expect(packetsAfter(() => {})).toBe(USUAL)
  })

  it('are no more after canceled commands', () => {
    expect(packetsAfter(CANCELED)).toBe(USUAL)
  })

  it('are more after commands without an answer', () => {
    expect(packetsAfter(UNANSWERED)).toBeGreaterThan(USUAL)
  })
})
