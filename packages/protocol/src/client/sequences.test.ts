import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT } from '../../test/logged-in.js'
import { Wire } from '../testing/wire.js'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import type { ClientSessionOptions } from './client-options.js'
import type { ClientSession } from './client-session.js'
import { InFlight } from './in-flight.js'
import { type SentCommand, sentCommand, waitingCommand } from './pending-command.js'
import { RoundTrip } from './round-trip.js'
import { Sequences } from './sequences.js'

const once = { resend: false } as const

const loggedIn = (options: Partial<ClientSessionOptions> = {}) =>
  loggedInClient({ ...PATIENT, keepAliveMs: 30_000, ...options })

const response = (sequence: number, text: string) =>
  encodeServerPacket({ type: 'response', sequence, bytes: encodeText(text) })

/** Sends one command and returns its sequence, or `undefined` if it waits. */
function sequenceOf(session: ClientSession, now: number, timeoutMs = 1_000): number | undefined {
  session.sendCommand(encodeText('x'), { resend: false, timeoutMs }, now)
  const [datagram] = session.takeDatagrams()
  if (datagram === undefined) return undefined
  const packet = decodeClientPacket(datagram)
  return packet.type === 'command' ? packet.sequence : undefined
}

/** Sends `count` commands, each answered at once. */
function exchange(session: ClientSession, count: number, now: number): void {
  for (let i = 0; i < count; i++) {
    const sequence = sequenceOf(session, now)
    if (sequence === undefined) throw new Error('No sequence is free')
    session.receive(response(sequence, ''), now)
  }
}

describe('sequences', () => {
  it('10,000 commands in a row use all 256 in order, and are all answered (P5)', () => {
    const sequences: number[] = []
    let answered = 0
    const wire = new Wire({
      link: { minDelayMs: 1, maxDelayMs: 4 },
      onServerEvent: (event) => {
        if (event.type !== 'command') return
        sequences.push(event.sequence)
        wire.server.reply(event.id, event.bytes)
      },
      onClientEvent: (event) => {
        if (event.type !== 'reply' || event.id === 0) return
        if (decodeText(event.bytes) !== `${event.id}`) return
        if (++answered < 10_000) wire.client.sendCommand(encodeText(`${answered + 1}`), once, wire.now)
      },
    })
    wire.login()
    wire.client.sendCommand(encodeText('1'), once, wire.now)
    wire.run(200_000, () => answered === 10_000)
    expect(answered).toBe(10_000)
    // A keep-alive between them takes a sequence like the others.
    expect(sequences.every((sequence, index) => sequence === index % 256)).toBe(true)
  })

  it('1,000 commands at once each get their own reply', () => {
    const replies = new Map<number, string>()
    const wire = new Wire({
      link: { seed: 2, minDelayMs: 5, maxDelayMs: 60, reorder: 0.3 },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, event.bytes),
      onClientEvent: (event) => event.type === 'reply' && replies.set(event.id, decodeText(event.bytes)),
    })
    wire.login()
    for (let i = 1; i <= 1_000; i++) wire.client.sendCommand(encodeText(`${i}`), once, wire.now)
    wire.run(60_000, () => replies.size === 1_000)
    expect([...replies].every(([id, text]) => text === `${id}`)).toBe(true)
    expect(replies.size).toBe(1_000)
  })

  it.each([
    ['not', 349, false],
    ['again', 350, true],
  ])('at first, one answered after 100 ms is %s free %i ms after its sending', (_, now, isFree) => {
    const session = loggedIn()
    sequenceOf(session, 0)
    session.receive(response(0, ''), 100)
    exchange(session, 255, 100)
    expect(sequenceOf(session, now) === 0).toBe(isFree)
  })

  it('one answered after seconds delays no command once the network is measured', () => {
    const session = loggedIn()
    exchange(session, 256, 0)
    const slow = sequenceOf(session, 300, 60_000) as number
    exchange(session, 254, 300)
    session.receive(response(slow, ''), 5_300)
    const next = Array.from({ length: 3 }, () => sequenceOf(session, 5_300))
    expect(next).toEqual([slow + 255, slow, slow + 1])
  })

  it('one that timed out rests for `sequenceRestMs`, and the others continue', () => {
    const session = loggedIn({ sequenceRestMs: 5_000 })
    expect(sequenceOf(session, 0)).toBe(0)
    session.handleTimeout(1_000)
    exchange(session, 255, 2_000)
    expect(sequenceOf(session, 5_999)).toBe(1)
    exchange(session, 254, 5_999)
    expect(sequenceOf(session, 6_000)).toBe(0)
  })

  it('a late reply, up to `sequenceRestMs` after the timeout, is never taken for that of another command', () => {
    for (const late of [1_001, 3_000, 6_000, 10_999]) {
      const session = loggedIn()
      expect(sequenceOf(session, 0)).toBe(0)
      session.handleTimeout(1_000)
      exchange(session, 255, 1_000)
      for (let i = 0; i < 40; i++) sequenceOf(session, 1_000, 60_000)
      session.takeEvents()
      session.receive(response(0, 'late'), late)
      expect(session.takeEvents()).toEqual([])
      expect(session.statistics.unexpected).toBe(1)
    }
  })

  it('one used several times rests until the answer to its last sending can have arrived', () => {
    const session = loggedIn({ maxInFlight: 128 })
    // With so many in flight, a command that is sent again keeps its sequence.
    for (let i = 0; i < 127; i++) sequenceOf(session, 0, 60_000)
    session.sendCommand(encodeText('list'), { resend: true }, 0)
    session.takeDatagrams()
    let sentAt = 0
    while (sentAt < 5_000) {
      const now = session.nextTimeout() ?? 0
      session.handleTimeout(now)
      for (const packet of session.takeDatagrams().map(decodeClientPacket))
        if (packet.type === 'command' && packet.sequence === 127) sentAt = now
    }
    // The server takes a little over five seconds for each.
    const answeredAt = sentAt + 100
    session.receive(response(127, 'first'), answeredAt)
    for (let i = 0; i < 127; i++) session.receive(response(i, ''), answeredAt)
    exchange(session, 127, answeredAt + 250)
    exchange(session, 128, answeredAt + 4_000)
    expect(sequenceOf(session, answeredAt + 4_000, 60_000)).toBe(128)
    session.takeEvents()
    session.receive(response(127, 'second'), sentAt + 5_300)
    expect(session.takeEvents()).toEqual([])
  })

  it('the second copy of a reply is never taken for that of another command', () => {
    const replies: string[] = []
    const wire = new Wire({
      link: { seed: 9, repeat: 0.5, minDelayMs: 10, maxDelayMs: 30 },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, event.bytes),
      onClientEvent: (event) => {
        if (event.type !== 'reply') return
        replies.push(`${event.id} ${decodeText(event.bytes)}`)
        if (replies.length <= 5_000)
          wire.client.sendCommand(encodeText(`${replies.length + 64}`), once, wire.now)
      },
    })
    wire.login()
    for (let i = 1; i <= 64; i++) wire.client.sendCommand(encodeText(`${i}`), once, wire.now)
    wire.run(14_000)
    expect(replies).toHaveLength(5_064)
    expect(replies.every((reply) => /^(\d+) \1$/.test(reply))).toBe(true)
    expect(wire.client.statistics.unexpected).toBeGreaterThan(1_000)
  })

  it('while none is free, the queue waits and deadlines still apply', () => {
    const session = loggedIn({ sequenceRestMs: 20_000, maxInFlight: 128 })
    for (let i = 0; i < 256; i++) session.cancel(session.sendCommand(encodeText('x'), once, i), i)
    session.takeDatagrams()
    session.sendCommand(encodeText('waits'), { resend: false, timeoutMs: 30_000 }, 300)
    expect(session.takeDatagrams()).toEqual([])
    expect(session.nextTimeout()).toBe(20_000)
    session.handleTimeout(20_000)
    expect(session.takeDatagrams().map(decodeClientPacket)).toMatchObject([{ sequence: 0 }])
  })
})

describe('throughput', () => {
  it('64 in flight on a network of 0.1 ms complete 100,000 commands per second of virtual time', () => {
    let answered = 0
    const wire = new Wire({
      link: { minDelayMs: 0.1 },
      onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, event.bytes),
      onClientEvent: (event) => {
        if (event.type !== 'reply') return
        answered++
        wire.client.sendCommand(encodeText(`${answered}`), once, wire.now)
      },
      server: { recognizeRepeats: false },
    })
    wire.login()
    for (let i = 0; i < 64; i++) wire.client.sendCommand(encodeText('first'), once, wire.now)
    // Until copies are known not to occur on this network, each sequence is used only once.
    wire.run(wire.now + 300)
    const before = answered
    wire.run(wire.now + 100)
    expect(answered - before).toBeGreaterThanOrEqual(10_000)
  })
})

describe('the sequences of one command', () => {
  /** A command that was sent at these times, each time with its own sequence from 0, while all other sequences are in use. */
  function sentAt(times: readonly number[]) {
    const inFlight = new InFlight()
    const sequences = new Sequences(60_000, inFlight, new RoundTrip())
    const first = sequences.take(false, times[0] as number) as number
    const waiting = waitingCommand(1, new Uint8Array(), true, { addedAt: 0, deadline: 90_000 })
    const command: SentCommand = sentCommand(waiting, first, -1, times[0] as number)
    inFlight.add(command, times[0] as number)
    for (const at of times.slice(1)) sequences.takeForRepeat(command, 0, at)
    for (let other = times.length; other < 256; other++) sequences.take(false, 3_000)
    /** Each sequence that becomes free again, and when. */
    const freed = () => {
      const all: [number, number][] = []
      const take = (at: number) => {
        for (let one = sequences.take(false, at); one !== undefined; one = sequences.take(false, at))
          all.push([at, one])
      }
      take(3_000)
      while (sequences.nextFreeAt < Number.POSITIVE_INFINITY) take(sequences.nextFreeAt)
      return all
    }
    return { inFlight, sequences, command, freed }
  }

  it('rest after an answer until answers to the other sendings can have arrived too', () => {
    const { sequences, command, freed } = sentAt([500, 1_000, 2_000])
    // The answer took 4 s, so others may take 6 s.
    sequences.restAnswered(command, 1, 5_000)
    expect(freed()).toEqual([
      [5_250, 1],
      [6_500, 0],
      [8_000, 2],
    ])
  })

  it('rest for `sequenceRestMs` if none was answered', () => {
    const { sequences, command, freed } = sentAt([500, 1_000, 2_000])
    sequences.restFailed(command, 3_000)
    expect(freed()).toEqual([
      [63_000, 0],
      [63_000, 1],
      [63_000, 2],
    ])
  })

  it('are shared by several sendings only if first sendings would have to wait otherwise, and not after that', () => {
    for (const [places, sequence] of [
      [124, 1],
      [125, 0],
    ] as const) {
      const { command, sequences } = sentAt([0])
      expect([places, command.sequence]).toEqual([places, 0])
      const fresh = new Sequences(60_000, new InFlight(), new RoundTrip())
      expect(fresh.take(false, 0)).toBe(0)
      expect(fresh.takeForRepeat(command, places, 1_000)).toBe(sequence)
      expect(fresh.isShared(0)).toBe(sequence === 0)
      fresh.restFailed({ ...command, earlier: undefined, sequence: 0 }, 2_000)
      for (let other = sequence + 1; other < 256; other++) fresh.take(false, 2_000)
      expect(fresh.take(false, 62_000)).toBe(0)
      expect(fresh.isShared(0)).toBe(false)
      expect(sequences.isShared(0)).toBe(false)
    }
  })
})
