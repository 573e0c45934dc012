// @ts-nocheck
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Deadlines } from './deadlines.js'

const NAMES = ['login', 'repeat', 'expiry'] as const
type Name = (typeof NAMES)[number]

describe('Deadlines', () => {
  it('reports the earliest time after any calls, like a plain record', () => {
    const time = fc.oneof(fc.nat({ max: 9 }), fc.constant(Number.POSITIVE_INFINITY))
    const call = fc.tuple(fc.constantFrom('set', 'clear', 'take'), fc.constantFrom(...NAMES), time)
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        const deadlines = new Deadlines<Name>(NAMES)
        const model: Record<Name, number> = {
          login: Number.POSITIVE_INFINITY,
          repeat: Number.POSITIVE_INFINITY,
          expiry: Number.POSITIVE_INFINITY,
        }
        for (const [call, name, at] of calls) {
          if (call === 'set') {
            deadlines.set(name, at)
            model[name] = at
          } else if (call === 'clear') {
            deadlines.clear(name)
            model[name] = Number.POSITIVE_INFINITY
          } else {
            const isDue = model[name] <= at
            expect(deadlines.take(name, at)).toBe(isDue)
            if (isDue) model[name] = Number.POSITIVE_INFINITY
          }
          expect(deadlines.nextAt).toBe(Math.min(...Object.values(model)))
        }
      }),
    )
  })

  it('is due at its time, not before, and only once', () => {
    const deadlines = new Deadlines<Name>(NAMES)
    deadlines.set('login', 10)
    expect(deadlines.take('login', 9)).toBe(false)
    expect(deadlines.take('login', 10)).toBe(true)
    expect(deadlines.take('login', 11)).toBe(false)
  })
})
