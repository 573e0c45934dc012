import { describe, expect, it } from 'vitest'
import { Output } from '../output.js'
import type { ClientSessionEvent } from './client-event.js'
import { RoundTrip } from './round-trip.js'
import { Silence, type SilenceOptions } from './silence.js'

const NEVER = Number.POSITIVE_INFINITY

/** `Silence` on a network of 100 ms with these options, with no other packets in flight. */
function silenceAfter(
  packets: number,
  waitMs: number,
  { roundTripMs = 100, ...others }: Partial<SilenceOptions> & { readonly roundTripMs?: number } = {},
) {
  const roundTrip = new RoundTrip()
  // Steady measurements, so the timeout equals the round trip. 0 is a network that is not measured yet.
  for (let i = 0; roundTripMs > 0 && i < 200; i++) roundTrip.measure(roundTripMs)
  const output = new Output<ClientSessionEvent>()
  const waiting = { size: 0 }
  const silence = new Silence(
    {
      unresponsiveAfterMs: waitMs / 2,
      forgottenAfterPackets: packets,
      forgottenAfterMs: waitMs,
      minResendIntervalMs: 100,
      keepAliveMs: 15_000,
      ...others,
    },
    { roundTrip, waiting },
    output,
  )
  return { silence, output, waiting }
}

describe('an unresponsive server', () => {
  it('is one that sent nothing new for that time, and did not answer the last required packet', () => {
    const { silence } = silenceAfter(3, 2_000)
    silence.sent(0)
    silence.sent(400)
    expect(silence.unresponsiveAt).toBe(NEVER)
    silence.sent(500)
    expect(silence.unresponsiveAt).toBe(1_000)
    // Packets beyond those required change nothing.
    silence.sent(950)
    expect(silence.unresponsiveAt).toBe(1_000)
    const late = silenceAfter(3, 2_000).silence
    for (const at of [0, 400, 3_000]) late.sent(at)
    expect(late.unresponsiveAt).toBe(3_100)
  })

  it('is reported once, and once more when something new arrives', () => {
    const { silence, output } = silenceAfter(2, 2_000)
    silence.sent(100)
    silence.sent(300)
    silence.handleTimeout(1_099)
    expect(output.takeEvents()).toEqual([])
    silence.handleTimeout(1_100)
    silence.handleTimeout(1_200)
    expect(output.takeEvents()).toEqual([{ type: 'unresponsive', unanswered: 2, silentMs: 1_000 }])
    silence.heard(1_500)
    silence.heard(1_600)
    expect(output.takeEvents()).toEqual([{ type: 'responsive', unanswered: 2, silentMs: 1_400 }])
  })

  it('is not detected by packets that were sent, and may be lost, together', () => {
    const { silence } = silenceAfter(3, 2_000)
    for (let at = 0; at < 10; at++) silence.sent(at)
    expect(silence).toMatchObject({ unanswered: 10, unresponsiveAt: NEVER, doubtAt: NEVER })
    // At a distance of a hundredth of the time to decide, they are lost one by one.
    silence.sent(10)
    silence.sent(20)
    expect(silence.unresponsiveAt).toBe(1_000)
  })

  it('needs fewer packets on a network with less loss', () => {
    const packets = [0, 0.1, 0.5].map((share) => {
      const { silence } = silenceAfter(30, 20_000)
      const { loss } = silence
      for (let i = 0; i < 1_000; i++) {
        loss.answered(1)
        for (let lost = 0; lost < Math.round((10 * share) / (1 - share)) && i % 10 === 0; lost++)
          loss.unanswered(1)
      }
      let sent = 0
      for (; silence.doubtAt === NEVER; sent++) silence.sent(sent * 200)
      return sent
    })
    expect(packets[0]).toBe(4)
    expect(packets[1]).toBeGreaterThanOrEqual(9)
    expect(packets[2]).toBeGreaterThanOrEqual(28)
  })

  it.each(['answered', 'heard'] as const)('starts over when something new arrives: %s', (sign) => {
    const { silence } = silenceAfter(2, 400)
    silence.sent(0)
    silence.sent(100)
    silence[sign](150)
    expect(silence).toMatchObject({ unresponsiveAt: NEVER, doubtAt: NEVER, since: NEVER })
    silence.sent(500)
    expect(silence).toMatchObject({ unanswered: 1, since: 500, doubtAt: NEVER })
    silence.sent(600)
    expect(silence.doubtAt).toBe(900)
  })

  it('counts from the last new packet, even if the commands in flight are older', () => {
    const { silence, waiting } = silenceAfter(2, 400)
    waiting.size = 1
    silence.heard(150)
    expect(silence.since).toBe(150)
    silence.sent(300)
    expect(silence.since).toBe(150)
  })
})

describe('a server that is probably gone', () => {
  it('is gone once a keep-alive, however early, has also waited for its answer', () => {
    const { silence } = silenceAfter(2, 1_000)
    silence.sent(0)
    silence.sent(100)
    expect(silence.doubtAt).toBe(1_000)
    expect(silence.overAt(0)).toBe(1_300)
    expect(silence.overAt(1_001)).toBe(1_301)
  })
})

describe('a keep-alive', () => {
  it('is sent often enough for the decision while the server is silent', () => {
    const { silence } = silenceAfter(30, 10_000)
    let now = 0
    let sent = 0
    for (; silence.unresponsiveAt === NEVER; now += silence.paceMs(1_000, now)) {
      silence.sent(now)
      sent++
    }
    expect(sent).toBe(30)
    expect(silence.unresponsiveAt).toBe(5_000)
    expect(silence.paceMs(1_000, now)).toBe(1_000)
  })

  it('tests a slow command later each time, and early again once that is answered', () => {
    const { silence, waiting } = silenceAfter(30, 10_000)
    waiting.size = 2
    const waits: number[] = []
    for (let i = 0; i < 5; i++) {
      silence.answered(0)
      waits.push(silence.keepAliveAt)
      silence.noteAnswered(true)
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 15_000, 15_000])
    silence.noteAnswered(false)
    expect(silence.keepAliveAt).toBe(2_000)
  })

  it('is no test of a slow command while no command waits', () => {
    const { silence, waiting } = silenceAfter(30, 10_000)
    waiting.size = 1
    for (let i = 0; i < 5; i++) silence.noteAnswered(true)
    silence.answered(0)
    expect(silence.keepAliveAt).toBe(2_000)
  })

  it('waits for an answer as long as answers take', () => {
    const { silence } = silenceAfter(1_000, 1_000)
    silence.sent(0)
    expect(silence.paceMs(1_000, 0)).toBe(100)
    const slow = silenceAfter(1_000, 1_000, { roundTripMs: 300 }).silence
    slow.sent(50)
    expect([349, 350].map((now) => Math.round(slow.paceMs(1_000, now)))).toEqual([300, 100])
  })

  it('waits for none on a network that is not measured yet', () => {
    const { silence } = silenceAfter(1_000, 1_000, { roundTripMs: 0 })
    silence.sent(0)
    expect(silence.paceMs(1_000, 0)).toBe(100)
  })

  it('is sent at equal distances, so that the last has time to be answered before the decision', () => {
    const { silence } = silenceAfter(30, 10_000)
    silence.sent(0)
    expect(silence.paceMs(1_000, 0)).toBeCloseTo((5_000 - 100) / 29)
  })

  it('is due after 40 % of the time to the earlier of both decisions', () => {
    expect(
      [1_000, 5_000, 8_000].map((unresponsiveAfterMs) => {
        const { silence } = silenceAfter(30, 10_000, { unresponsiveAfterMs })
        silence.sent(0)
        return silence.keepAliveAt
      }),
    ).toEqual([400, 2_000, 2_000])
  })

  it('is never due earlier because a command is slow, however short the interval of keep-alives is', () => {
    const { silence, waiting } = silenceAfter(30, 10_000, { keepAliveMs: 1_000 })
    waiting.size = 2
    silence.answered(0)
    silence.noteAnswered(true)
    expect(silence.keepAliveAt).toBe(2_000)
  })
})

function send(silence: Silence, now: number): void {
  silence.sent(now)
  silence.commandSent(now)
}

describe('probing', () => {
  it('is not limited while the server answers, or until the round trip has passed', () => {
    const { silence } = silenceAfter(30, 10_000)
    expect(silence.nextProbeAt(5)).toBe(5)
    send(silence, 10)
    send(silence, 50)
    expect(silence.nextProbeAt(109)).toBe(109)
    expect(silence.nextProbeAt(110)).toBe(150)
    // What is sent before then is no probe.
    silence.probes(109)
    expect(silence.nextProbeAt(110)).toBe(150)
  })

  it('leaves the decision to keep-alives once the server is probably gone', () => {
    const { silence } = silenceAfter(2, 1_000)
    for (const at of [0, 100]) send(silence, at)
    expect([silence.nextProbeAt(999), silence.nextProbeAt(1_000)]).toEqual([200, NEVER])
  })

  it('sends one packet at a time, later each time, up to every 1.5 s', () => {
    const { silence } = silenceAfter(30, 10_000)
    send(silence, 0)
    const probes = []
    for (let now = silence.nextProbeAt(100); now < 6_000; now = silence.nextProbeAt(now)) {
      silence.probes(now)
      send(silence, now)
      probes.push(Math.round(now))
    }
    expect(probes).toEqual([100, 250, 475, 813, 1_319, 2_078, 3_217, 4_717])
  })

  it('starts over with an answer, but not with a message, which says nothing about commands', () => {
    const { silence } = silenceAfter(30, 10_000)
    send(silence, 0)
    silence.heard(50)
    expect(silence.nextProbeAt(100)).toBe(100)
    expect(silence.nextProbeAt(50)).toBe(50)
    silence.probes(100)
    send(silence, 100)
    expect(silence.nextProbeAt(100)).toBe(250)
    silence.answered(150)
    expect(silence.nextProbeAt(150)).toBe(150)
  })
})
