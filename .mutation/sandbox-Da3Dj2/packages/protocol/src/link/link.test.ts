// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { Link } from './link.js'
import type { LinkOptions } from './link-options.js'

const COUNT = 20_000
const numbered = (number: number) => Uint8Array.of(number >> 16, (number >> 8) & 255, number & 255)
const numberOf = (bytes: Uint8Array) => ((bytes[0] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0)

/** Sends one datagram each ms and records what arrives when. */
function trace(options: Partial<LinkOptions>, count = COUNT): [at: number, datagram: Uint8Array][] {
  const link = new Link(options)
  const arrivals: [number, Uint8Array][] = []
  const takeUntil = (until: number) => {
    for (let at = link.nextTimeout(); at !== undefined && at <= until; at = link.nextTimeout())
      for (const datagram of link.takeArrived(at)) arrivals.push([at, datagram])
  }
  for (let now = 0; now < count; now++) {
    takeUntil(now)
    link.send(numbered(now), now)
  }
  takeUntil(Number.MAX_SAFE_INTEGER)
  return arrivals
}

describe('Link', () => {
  it('is perfect by default: everything arrives at once, in order', () => {
    const arrivals = trace({}, 100)
    expect(arrivals).toEqual(Array.from({ length: 100 }, (_, now) => [now, numbered(now)]))
  })

  it.each([0.05, 0.3, 0.9])('loses about the configured share: %d', (loss) => {
    const lost = COUNT - trace({ loss, seed: 3 }).length
    expect(lost / COUNT).toBeCloseTo(loss, 1)
    expect(Math.abs(lost / COUNT - loss)).toBeLessThan(0.02)
  })

  it('repeats about the configured share, each copy with its own delay', () => {
    const arrivals = trace({ repeat: 0.2, minDelayMs: 10, maxDelayMs: 30 })
    expect(Math.abs(arrivals.length / COUNT - 1.2)).toBeLessThan(0.02)
    const times = new Map<number, Set<number>>()
    for (const [at, datagram] of arrivals) {
      const number = numberOf(datagram)
      times.set(number, (times.get(number) ?? new Set()).add(at))
    }
    const twice = [...times.values()].filter((set) => set.size === 2)
    expect(Math.abs(twice.length / COUNT - 0.2)).toBeLessThan(0.02)
  })

  it('delays evenly between the shortest and the longest time', () => {
    const delays = trace({ minDelayMs: 20, maxDelayMs: 60 }).map(([at, datagram]) => at - numberOf(datagram))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(20)
    expect(Math.max(...delays)).toBeLessThanOrEqual(60)
    expect(delays.reduce((sum, delay) => sum + delay, 0) / COUNT).toBeCloseTo(40, 0)
  })

  it('holds datagrams back so that later ones overtake them', () => {
    const arrivals = trace({ reorder: 0.1, reorderMs: 50, minDelayMs: 5, maxDelayMs: 5 })
    const late = arrivals.filter(([at, datagram]) => at - numberOf(datagram) > 5)
    expect(Math.abs(late.length / COUNT - 0.1)).toBeLessThan(0.02)
    expect(Math.max(...late.map(([at, datagram]) => at - numberOf(datagram)))).toBeLessThanOrEqual(55)
    const order = arrivals.map(([, datagram]) => numberOf(datagram))
    expect(order).not.toEqual([...order].sort((a, b) => a - b))
    expect(trace({ minDelayMs: 5 }).map(([, datagram]) => numberOf(datagram))).toEqual(
      order.sort((a, b) => a - b),
    )
  })

  it('corrupts or truncates about the configured share, but never the sender’s own bytes', () => {
    const link = new Link({ corrupt: 0.25 })
    const sent = numbered(0x123456)
    for (let i = 0; i < COUNT; i++) link.send(sent, 0)
    const arrived = link.takeArrived(0)
    const wrong = arrived.filter((datagram) => numberOf(datagram) !== 0x123456 || datagram.length !== 3)
    expect(arrived).toHaveLength(COUNT)
    expect(Math.abs(wrong.length / COUNT - 0.25)).toBeLessThan(0.02)
    expect(wrong.some((datagram) => datagram.length < 3)).toBe(true)
    expect(wrong.some((datagram) => datagram.length === 3)).toBe(true)
    expect(sent).toEqual(numbered(0x123456))
  })

  it('repeats its faults with the same seed, and not with another', () => {
    const bad = { loss: 0.2, repeat: 0.1, reorder: 0.1, corrupt: 0.1, minDelayMs: 1, maxDelayMs: 40 }
    expect(trace({ ...bad, seed: 5 }, 500)).toEqual(trace({ ...bad, seed: 5 }, 500))
    expect(trace({ ...bad, seed: 5 }, 500)).not.toEqual(trace({ ...bad, seed: 6 }, 500))
  })

  it('loses everything while it is cut off, except datagrams in transit', () => {
    const link = new Link({ minDelayMs: 10 })
    link.send(numbered(1), 0)
    link.cutOff()
    link.send(numbered(2), 1)
    expect(link.inTransit).toBe(1)
    link.restore()
    link.send(numbered(3), 2)
    expect(link.takeArrived(12)).toEqual([numbered(1), numbered(3)])
    expect(link.nextTimeout()).toBeUndefined()
  })

  it('keeps the order of simultaneous arrivals', () => {
    const link = new Link({ minDelayMs: 10 })
    for (let i = 0; i < 50; i++) link.send(numbered(i), 0)
    expect(link.takeArrived(9)).toEqual([])
    expect(link.takeArrived(10).map(numberOf)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  it('loses datagrams beyond the limit, like a full router', () => {
    const link = new Link({ minDelayMs: 10, maxInTransit: 3 })
    for (let i = 0; i < 5; i++) link.send(numbered(i), 0)
    expect(link.takeArrived(10)).toHaveLength(3)
  })

  it('refuses a bad option by name', () => {
    expect(() => new Link({ loss: 1.1 })).toThrow(expect.objectContaining({ argument: 'loss' }))
    expect(() => new Link({ seed: 0.5 })).toThrow(expect.objectContaining({ argument: 'seed' }))
    expect(() => new Link({ minDelayMs: -1 })).toThrow(expect.objectContaining({ argument: 'minDelayMs' }))
  })
})
