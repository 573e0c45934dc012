// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { checkNumber, checkOptions } from './check-options.js'

interface Options {
  readonly waitMs: number
  readonly tries: number
  readonly name: string
  readonly isLoud: boolean
}

const defaults: Options = { waitMs: 100, tries: 3, name: 'nobody', isLoud: false }
const ranges = {
  waitMs: { min: 1, max: Number.POSITIVE_INFINITY },
  tries: { min: 1, max: 10, integer: true },
} as const
const check = (given: object) => checkOptions<Options>(given, defaults, ranges)

describe('checkOptions', () => {
  it('merges the given options over the defaults, and ignores undefined ones', () => {
    expect(check({ tries: 5, waitMs: undefined })).toEqual({ ...defaults, tries: 5 })
    expect(defaults.tries).toBe(3)
  })

  it.each([
    ['waitMs', 0, 'of at least 1'],
    ['waitMs', Number.NaN, 'a number'],
    ['tries', 2.5, 'a whole number'],
    ['tries', 11, 'from 1 to 10'],
  ])('refuses a bad %s by name: %s', (argument, value, expected) => {
    expect(() => check({ [argument]: value })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument, value }),
    )
    expect(() => check({ [argument]: value })).toThrow(expected)
  })

  it.each([
    ['waitMs', 'hunter2', 'a string', 'a number of at least 1'],
    ['tries', null, 'missing', 'a whole number from 1 to 10'],
    ['tries', ['hunter2'], 'an object', 'a whole number'],
    ['name', 5_318_008, 'a number', 'a string'],
    ['isLoud', 'hunter2', 'a string', 'a boolean'],
    ['password', 'hunter2', 'a string', 'There is no option'],
    ['pasword', 5_318_008, 'a number', 'There is no option'],
    ['toString', () => 'hunter2', 'a function', 'There is no option'],
  ])(
    'refuses a bad %s by name, and shows no value that may be a password: %s',
    (argument, value, sort, expected) => {
      const refused = expect.objectContaining({ code: 'invalid-argument', argument, value: sort })
      expect(() => check({ [argument]: value })).toThrow(refused)
      expect(() => check({ [argument]: value })).toThrow(expected)
      expect(() => check({ [argument]: value })).not.toThrow(/hunter2|5318008/)
    },
  )

  it('accepts the limits themselves', () => {
    expect(check({ tries: 10, waitMs: Number.POSITIVE_INFINITY })).toMatchObject({ tries: 10 })
    expect(() => checkNumber('tries', 1, ranges.tries)).not.toThrow()
  })

  it('accepts Infinity for a whole number without an upper limit', () => {
    const range = { min: 1, max: Number.POSITIVE_INFINITY, integer: true } as const
    expect(() => checkNumber('attempts', Number.POSITIVE_INFINITY, range)).not.toThrow()
    expect(() => checkNumber('attempts', 1.5, range)).toThrow('attempts must be a whole number of at least 1')
  })
})
