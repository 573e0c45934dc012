import { describe, expect, it } from 'vitest'
import { Wire } from '../testing/wire.js'
import { encodeText } from '../text/text.js'
import { Loss } from './loss.js'
import { type SentCommand, sentCommand, waitingCommand } from './pending-command.js'
import { firstResendMs, nextResendMs, ResendPace } from './resend-pace.js'
import { RoundTrip } from './round-trip.js'

const MIN_MS = 100

/** The times when an unanswered command is sent, up to its deadline. */
function sendings(timeoutMs: number, deadlineMs: number): number[] {
  const times = []
  let interval = firstResendMs(timeoutMs, MIN_MS)
  for (let at = 0; at < deadlineMs; interval = nextResendMs(interval, timeoutMs)) {
    times.push(at)
    at += interval
  }
  return times
}

describe('sending again', () => {
  it.each([0, 40, 100, 250, 999, 1_000])(
    'has at least 24 tries in 30 s with a timeout of %i ms',
    (timeoutMs) => {
      expect(sendings(timeoutMs, 30_000).length).toBeGreaterThanOrEqual(24)
    },
  )

  it('starts at the measured timeout, grows by half each time, and stops at one second', () => {
    expect(sendings(200, 5_000)).toEqual([0, 200, 500, 950, 1_625, 2_625, 3_625, 4_625])
  })

  it('never waits less than the minimum', () => {
    expect(sendings(0.4, 500)).toEqual([0, 100, 250, 475])
  })

  it('uses a measured timeout longer than one second', () => {
    expect(sendings(3_000, 10_000)).toEqual([0, 3_000, 6_000, 9_000])
  })

  it('grows up to a timeout measured later', () => {
    expect(nextResendMs(1_000, 4_000)).toBe(1_500)
    expect(nextResendMs(3_500, 4_000)).toBe(4_000)
  })

  it('never shortens the wait', () => {
    expect(nextResendMs(2_000, 100)).toBe(2_000)
  })
})

describe('the wait after another sending', () => {
  const sent = (facts: Partial<SentCommand>): SentCommand => {
    const times = { addedAt: 0, deadline: 60_000 }
    const command = sentCommand(waitingCommand(1, new Uint8Array(), true, times), 0, -1, 0)
    return Object.assign(command, { attempts: 2, lastSentAt: 1_000, intervalMs: 400, ...facts })
  }
  /** The pace on a network whose answers take that time, of which that many packets were lost for each that was not. */
  const paceOf = (roundTripMs: number, lost: number) => {
    const roundTrip = new RoundTrip()
    for (let i = 0; i < 200; i++) roundTrip.measure(roundTripMs)
    const loss = new Loss()
    for (let i = 0; i < 3_000; i++) loss.answered(1 + lost)
    return new ResendPace(roundTrip, loss, MIN_MS)
  }

  it('grows by half while nothing was heard since the last sending', () => {
    expect(paceOf(200, 0).nextMs(sent({}))).toBe(600)
    expect(paceOf(200, 0).nextMs(sent({ heardAt: 1_000 }))).toBe(600)
  })

  it('is short again once a part of the answer arrives', () => {
    expect(paceOf(200, 0).nextMs(sent({ heardAt: 1_001 }))).toBeCloseTo(200)
    expect(paceOf(2_500, 0).nextMs(sent({ heardAt: 1_001 }))).toBeCloseTo(2_500)
    expect(paceOf(2_500, 0).nextMs(sent({ id: 0, heardAt: 1_001 }))).toBe(1_000)
  })

  it('grows only after more losses in a row than are likely on this network', () => {
    expect(paceOf(200, 1).nextMs(sent({ attempts: 5 }))).toBeCloseTo(200)
    expect(paceOf(200, 1).nextMs(sent({ attempts: 6 }))).toBe(600)
  })
})

/** Sorted times to the answer of `count` commands, one after the other, over a network of 80 ms. */
function answerTimes(loss: number, commands: number) {
  const times: number[] = []
  const wire: Wire = new Wire({
    link: { seed: 7, loss, minDelayMs: 40, maxDelayMs: 44 },
    onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, event.bytes),
    onClientEvent: (event) => event.type === 'reply' && event.id > 0 && times.push(event.elapsedMs),
  })
  wire.login()
  for (let done = 0; done < commands; done = times.length) {
    wire.client.sendCommand(encodeText('players'), { resend: true }, wire.now)
    wire.run(wire.now + 40_000, () => times.length > done)
  }
  return { times: times.sort((a, b) => a - b), repeats: wire.client.statistics.resent / commands }
}

describe('the time to an answer', () => {
  it.each([
    [0.1, 300],
    [0.3, 900],
  ])('is bounded by chance at a loss of %d in each direction: p99 is at most %i ms', (loss, mostMs) => {
    const { times, repeats } = answerTimes(loss, 2_000)
    expect(times[Math.floor(0.99 * times.length)]).toBeLessThanOrEqual(mostMs)
    const failed = 1 - (1 - loss) ** 2
    // Only sendings whose answer was lost are repeated.
    expect(repeats).toBeLessThan((1.1 * failed) / (1 - failed))
  })
})
