import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SequencePool } from './sequence-pool.js'

describe('SequencePool', () => {
  it('begins at 0, goes round through all 256, and begins again (P5)', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 600; i++) {
      const sequence = pool.take(i)
      expect(sequence).toBe(i % 256)
      pool.rest(sequence as number, i)
    }
  })

  it('has nothing when all are in use, and does not know when that ends', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 256; i++) pool.take(0)
    expect(pool.take(1e9)).toBeUndefined()
    expect(pool.nextFreeAt).toBe(Number.POSITIVE_INFINITY)
  })

  it('gives back the one that rested, when it has rested', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 256; i++) pool.take(0)
    pool.rest(77, 500)
    pool.rest(78, 400)
    expect(pool.take(399)).toBeUndefined()
    expect(pool.nextFreeAt).toBe(400)
    expect(pool.take(400)).toBe(78)
    expect(pool.take(499)).toBeUndefined()
    expect(pool.take(500)).toBe(77)
  })

  it('gives back one that has rested for a shorter time than those that were asked for in vain', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 256; i++) pool.take(0)
    pool.rest(77, 500)
    expect(pool.take(100)).toBeUndefined()
    pool.rest(78, 200)
    expect(pool.nextFreeAt).toBe(200)
    expect(pool.take(200)).toBe(78)
  })

  it('passes over those in use and those that rest', () => {
    const pool = new SequencePool()
    for (let i = 0; i < 256; i++) pool.take(0)
    for (let i = 0; i < 256; i++) if (i !== 0 && i !== 2) pool.rest(i, i === 3 ? 100 : 0)
    expect([pool.take(1), pool.take(1), pool.take(1)]).toEqual([1, 4, 5])
  })

  it('never hands out one that is in use or rests, and always one when one is free', () => {
    const act = fc.tuple(fc.boolean(), fc.nat({ max: 255 }), fc.nat({ max: 50 }))
    fc.assert(
      fc.property(fc.array(act, { minLength: 300, maxLength: 400, size: 'max' }), (acts) => {
        const pool = new SequencePool()
        const freeAt = new Map<number, number>()
        for (const [now, [isTake, place, restMs]] of acts.entries()) {
          const inUse = [...freeAt].filter(([, at]) => at === Number.POSITIVE_INFINITY).map(([one]) => one)
          if (isTake || inUse.length === 0) {
            const sequence = pool.take(now)
            const free = [...freeAt.values()].filter((at) => at <= now).length + 256 - freeAt.size
            expect(sequence === undefined).toBe(free === 0)
            if (sequence === undefined) continue
            expect(freeAt.get(sequence) ?? 0).toBeLessThanOrEqual(now)
            freeAt.set(sequence, Number.POSITIVE_INFINITY)
          } else {
            const sequence = inUse[place % inUse.length] as number
            pool.rest(sequence, now + restMs)
            freeAt.set(sequence, now + restMs)
          }
        }
      }),
      { numRuns: 5 },
    )
  })
})
