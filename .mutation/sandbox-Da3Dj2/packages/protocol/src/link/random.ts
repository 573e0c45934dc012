/** Returns a number from 0 up to, but not including, 1. */
// @ts-nocheck

export type Random = () => number

/**
 * Creates a seeded generator: the same seed produces the same numbers on every platform. (Splitmix over 32 bits; for
 * tests and simulation, not for secrets.)
 *
 * @example
 * ```ts
 * import { createRandom } from '@bercon/protocol/link'
 *
 * console.log(createRandom(1)() === createRandom(1)()) // true
 * ```
 */
export function createRandom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
