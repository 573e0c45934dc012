// @ts-nocheck
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serialDistance } from './serial-number.js'

describe('serialDistance', () => {
  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [0, 255, 1],
    [255, 0, -1],
    [255, 256, -1],
    [127, 0, 127],
    [128, 0, -128],
    [129, 0, -127],
    [5, 1_000_000, serialDistance(5, 1_000_000 % 256)],
    [0, -1, 1],
  ])('of sequence %i from number %i is %i (RFC 1982)', (sequence, number, distance) => {
    expect(serialDistance(sequence, number)).toBe(distance)
  })

  it('plus the number yields a number with that sequence, at most halfway round', () => {
    fc.assert(
      fc.property(fc.nat({ max: 255 }), fc.integer({ min: -300, max: 1e9 }), (sequence, number) => {
        const distance = serialDistance(sequence, number)
        expect((((number + distance) % 256) + 256) % 256).toBe(sequence)
        expect(distance).toBeGreaterThanOrEqual(-128)
        expect(distance).toBeLessThan(128)
      }),
    )
  })
})
