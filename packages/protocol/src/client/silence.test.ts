import { describe, expect, it } from 'vitest'
import { RoundTrip } from './round-trip.js'
import { Silence } from './silence.js'

function silenceAfter(packets: number, waitMs: number, roundTripMs = 100): Silence {
  const roundTrip = new RoundTrip()
  // Steady, so that its time-out is itself.
  for (let i = 0; i < 200; i++) roundTrip.measure(roundTripMs)
  return new Silence(
    { forgottenAfterPackets: packets, forgottenAfterMs: waitMs, minResendIntervalMs: 100 },
    roundTrip,
  )
}

describe('doubt', () => {
  it('begins so long after the last packet that it takes, not after the first', () => {
    const silence = silenceAfter(3, 100)
    silence.sent(0)
    silence.sent(1_000)
    expect(silence.doubtAt).toBe(Number.POSITIVE_INFINITY)
    silence.sent(2_000)
    expect(silence.doubtAt).toBe(2_100)
    expect(silence).toMatchObject({ unanswered: 3, since: 0 })
  })

  it('is not put off by more packets', () => {
    const silence = silenceAfter(2, 100)
    for (let at = 10; at < 60; at += 10) silence.sent(at)
    expect(silence.doubtAt).toBe(120)
    expect(silence).toMatchObject({ unanswered: 5, since: 10 })
  })

  it.each(['answered', 'heard'] as const)('begins anew with anything new: %s', (sign) => {
    const silence = silenceAfter(2, 100)
    silence.sent(0)
    silence.sent(1)
    silence[sign]()
    expect(silence.doubtAt).toBe(Number.POSITIVE_INFINITY)
    silence.sent(50)
    expect(silence).toMatchObject({ unanswered: 1, since: 50, doubtAt: Number.POSITIVE_INFINITY })
    silence.sent(60)
    expect(silence.doubtAt).toBe(160)
  })

  it('ends when a keep-alive has waited for its answer too, however early that was sent', () => {
    const silence = silenceAfter(2, 1_000)
    silence.sent(0)
    silence.sent(1)
    expect(silence.overAt(1_001)).toBe(1_301)
    expect(silence.overAt(0)).toBe(1_001)
  })
})

describe('probing', () => {
  it('needs no leave while the server answers, and until the round trip is over', () => {
    const silence = silenceAfter(30, 10_000)
    expect(silence.nextProbeAt(5)).toBe(5)
    silence.sent(10)
    silence.sent(50)
    expect(silence.nextProbeAt(109)).toBe(109)
    expect(silence.nextProbeAt(110)).toBe(150)
  })

  it('is one packet at a time, later each time, up to one every second and a half', () => {
    const silence = silenceAfter(30, 10_000)
    silence.sent(0)
    const probes = []
    for (let now = silence.nextProbeAt(100); now < 6_000; now = silence.nextProbeAt(now)) {
      silence.probes(now)
      silence.sent(now)
      probes.push(Math.round(now))
    }
    expect(probes).toEqual([100, 250, 475, 813, 1_319, 2_078, 3_217, 4_717])
  })

  it('begins anew with an answer, but not with a message, which says nothing about commands', () => {
    const silence = silenceAfter(30, 10_000)
    silence.sent(0)
    silence.heard()
    expect(silence.nextProbeAt(100)).toBe(100)
    expect(silence.nextProbeAt(50)).toBe(50)
    silence.probes(100)
    silence.sent(100)
    expect(silence.nextProbeAt(100)).toBe(250)
    silence.answered()
    expect(silence.nextProbeAt(100)).toBe(100)
  })
})
