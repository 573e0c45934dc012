// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { InvalidArgumentError, RconError } from './errors.js'

describe('RconError', () => {
  it('has a code, a message, and optionally a cause', () => {
    const cause = new Error('why')
    const error = new RconError('closed', 'The session is over', { cause })
    expect(error).toMatchObject({ code: 'closed', message: 'The session is over', name: 'RconError', cause })
    expect(error).toBeInstanceOf(Error)
    expect('cause' in new RconError('closed', 'over')).toBe(false)
  })
})

describe('InvalidArgumentError', () => {
  it('names the argument, its value, and what is accepted', () => {
    const error = new InvalidArgumentError('minutes', -1, 'a whole number of at least 1')
    expect(error).toMatchObject({ code: 'invalid-argument', argument: 'minutes', value: -1 })
    expect(error.expected).toBe('a whole number of at least 1')
    expect(error.message).toBe('minutes must be a whole number of at least 1, but is -1')
    expect(error).toBeInstanceOf(RconError)
  })

  it.each([
    ['x'.repeat(80), `"${'x'.repeat(80)}"`],
    ['y'.repeat(5_000), `"${'y'.repeat(80)}…" (5000 characters)`],
    ['a"b\n', '"a\\"b\\n"'],
    [new Uint8Array(9_999), '9999 bytes'],
    [{ a: 1 }, 'an object'],
    [() => 1, 'a function'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [10n, '10'],
  ])('describes any value in a short message (%#)', (value, described) => {
    expect(new InvalidArgumentError('it', value, 'good').message).toBe(`it must be good, but is ${described}`)
  })
})
