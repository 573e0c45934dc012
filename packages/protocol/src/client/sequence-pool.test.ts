import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DISTANCE, SequencePool } from './sequence-pool.js'

/** A pool with all sequences in use. */
function usedUp(): SequencePool {
  const pool = new SequencePool()
  for (let i = 0; i < 256; i++) pool.take(0)
  return pool
}

describe('SequencePool', () => {
  it('starts at 0, assigns all 256 in order, and wraps (P5)', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 600; i++) {
      const sequence = pool.take(i)
      expect(sequence).toBe(i % 256)
      pool.restAnswered(sequence as number, i)
    }
  })

  it('returns undefined while all are in use, and cannot say until when', () => {
    const pool = usedUp()
    expect(pool.take(1e9)).toBeUndefined()
    expect(pool.nextFreeAt).toBe(Number.POSITIVE_INFINITY)
  })

  it('continues with the next free one after several have rested', () => {
    const pool = usedUp()
    pool.restUnanswered(77, 500)
    pool.restUnanswered(78, 400)
    expect(pool.take(399)).toBeUndefined()
    expect(pool.nextFreeAt).toBe(400)
    expect(pool.take(400)).toBe(78)
    expect(pool.take(10_000)).toBe(77)
  })

  it('returns one that rests for a shorter time than those skipped before', () => {
    const pool = usedUp()
    pool.restUnanswered(77, 500)
    expect(pool.take(100)).toBeUndefined()
    pool.restUnanswered(78, 200)
    expect(pool.nextFreeAt).toBe(200)
    expect(pool.take(200)).toBe(78)
  })

  it('skips those in use, and those resting without an answer', () => {
    const pool = usedUp()
    for (let i = 0; i < 256; i++) if (i !== 0 && i !== 2) pool.restUnanswered(i, i === 3 ? 100 : 0)
    expect([pool.take(1), pool.take(1), pool.take(1)]).toEqual([1, 4, 5])
  })

  it('goes on after the one assigned last, even if one before it has become free', () => {
    const pool = usedUp()
    for (let i = 1; i < 256; i++) pool.restAnswered(i, 0)
    expect(pool.take(1)).toBe(1)
    pool.restUnanswered(0, 1)
    expect(pool.take(1)).toBe(2)
  })

  it('waits for an answered one even if later ones are free', () => {
    const pool = usedUp()
    for (let i = 0; i < 256; i++) pool.restAnswered(i, i === 0 ? 250 : 1)
    expect(pool.take(200)).toBeUndefined()
    expect(pool.nextFreeAt).toBe(250)
    expect([pool.take(250), pool.take(250)]).toEqual([0, 1])
  })

  it.each([
    [128, 0],
    [127, 1],
  ])('with %i in flight for long, uses one again after at least 128 others', (used, more) => {
    const pool = new SequencePool()
    for (let i = 0; i < used; i++) pool.take(0)
    // The remaining ones, one at a time.
    for (let i = 0; i < 128 + more; i++) pool.restAnswered(pool.take(1) as number, 1)
    expect(pool.take(2)).toBe(more === 0 ? undefined : used)
  })

  it('soon has one for a keep-alive, even if 128 commands stay in flight', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 128; i++) pool.take(0)
    for (let i = 0; i < 1_000; i++) {
      const sequence = pool.takeForKeepAlive(i) as number
      expect(sequence).toBe(128 + (i % 128))
      pool.restAnswered(sequence, i)
    }
  })

  it('counts from the last sending of a sequence used several times', () => {
    const pool = new SequencePool()
    const first = pool.take(0) as number
    for (let i = 0; i < 200; i++) pool.restAnswered(pool.take(0) as number, 0)
    pool.useAgain(first)
    pool.restAnswered(first, 0)
    const next = Array.from({ length: 100 }, () => pool.take(1))
    expect(next).not.toContain(first)
  })

  it('counts those in flight, or resting without an answer, as reserved', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 10; i++) pool.take(0)
    pool.restAnswered(0, 100)
    pool.restUnanswered(1, 100)
    expect(pool.reserved(50)).toBe(9)
    expect(pool.reserved(100)).toBe(8)
  })

  it('never assigns one that is reserved or rests, nor one within 128 assignments, after any calls', () => {
    const act = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 255 }), fc.nat({ max: 50 }))
    fc.assert(
      fc.property(fc.array(act, { minLength: 600, maxLength: 900, size: 'max' }), (acts) => {
        const pool = new SequencePool()
        const freeAt = new Map<number, number>()
        const usedAt = new Map<number, number>()
        let handOuts = 0
        for (const [now, [kind, place, restMs]] of acts.entries()) {
          const inUse = [...freeAt].filter(([, at]) => at === Number.POSITIVE_INFINITY).map(([one]) => one)
          if (kind < 5 || inUse.length === 0) {
            const sequence = pool.take(now)
            if (sequence === undefined) continue
            expect(freeAt.get(sequence) ?? 0).toBeLessThanOrEqual(now)
            expect(handOuts - (usedAt.get(sequence) ?? -1_000)).toBeGreaterThan(DISTANCE)
            usedAt.set(sequence, handOuts++)
            freeAt.set(sequence, Number.POSITIVE_INFINITY)
          } else {
            const sequence = inUse[place % inUse.length] as number
            if (kind < 8) pool.restAnswered(sequence, now + restMs)
            else pool.restUnanswered(sequence, now + 10 * restMs)
            freeAt.set(sequence, now + (kind < 8 ? restMs : 10 * restMs))
          }
        }
      }),
      { numRuns: 10 },
    )
  })
})
