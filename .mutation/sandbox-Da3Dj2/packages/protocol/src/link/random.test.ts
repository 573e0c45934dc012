// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { createRandom } from './random.js'

const take = (seed: number, count: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, random)
}

describe('createRandom', () => {
  it('returns the same numbers for the same seed, on every platform', () => {
    expect(take(1, 3)).toEqual(take(1, 3))
    expect(take(42, 4)).toMatchInlineSnapshot(`
      [
        0.12848330102860928,
        0.03353364090435207,
        0.07509804493747652,
        0.7065966189838946,
      ]
    `)
  })

  it('returns other numbers for another seed', () => {
    expect(take(1, 10)).not.toEqual(take(2, 10))
  })

  it.each([0, 1, -5, 1_000_004])('spreads evenly over 0 to 1 (seed %i)', (seed) => {
    const numbers = take(seed, 20_000)
    const tenths = new Array<number>(10).fill(0)
    for (const number of numbers) tenths[Math.floor(number * 10)] = (tenths[Math.floor(number * 10)] ?? 0) + 1
    // A number outside 0 to 1 would create an eleventh bucket.
    expect(tenths).toHaveLength(10)
    expect(numbers.every((number) => number >= 0)).toBe(true)
    expect(tenths.every((count) => Math.abs(count - 2_000) < 200)).toBe(true)
  })
})
