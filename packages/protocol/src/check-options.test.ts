import { describe, expect, it } from 'vitest'
import { checkMethods, checkNames, checkNumber, checkOptions, checkTime } from './check-options.js'

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

  it.each([[null], ['hunter2'], [5_318_008]])(
    'refuses options that are no object, and shows none: %s',
    (given) => {
      const refused = expect.objectContaining({ code: 'invalid-argument', argument: 'options' })
      expect(() => check(given as unknown as object)).toThrow(refused)
      expect(() => check(given as unknown as object)).not.toThrow(/hunter2|5318008/)
    },
  )

  it.each([
    ['waitMs', 'hunter2', 'a string', 'a number of at least 1'],
    ['tries', null, 'missing', 'a whole number from 1 to 10'],
    ['tries', ['hunter2'], 'an object', 'a whole number'],
    ['name', 5_318_008, 'a number', 'a string'],
    ['isLoud', 'hunter2', 'a string', 'true or false'],
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

  it.each([
    [['a'], 5, 'an array'],
    [{ a: 1 }, 5, 'an object'],
  ])('names the sort of an option whose default is %j', (sample, value, sort) => {
    expect(() => checkOptions({ some: value as unknown }, { some: sample as unknown }, {})).toThrow(
      `some must be ${sort}`,
    )
  })

  it.each([[undefined], [null], [5], ['hunter2']])('refuses options that are no object: %j', (given) => {
    for (const refuse of [() => check(given as never), () => checkNames(given as never, ['a'])]) {
      expect(refuse).toThrow('options must be an object')
      expect(refuse).not.toThrow('hunter2')
    }
  })

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

describe('checkNames', () => {
  it('refuses an option that does not exist, and ignores one that is undefined', () => {
    expect(() => checkNames({ signal: 1, wait: undefined }, ['signal'])).not.toThrow()
    const refused = expect.objectContaining({ code: 'invalid-argument', argument: 'wait' })
    expect(() => checkNames({ signal: 1, wait: 5 }, ['signal'])).toThrow(refused)
  })
})

describe('checkMethods', () => {
  it('accepts an object or a function with all of the methods', () => {
    const open = () => {}
    expect(() => checkMethods('transport', { open, close: open }, ['open', 'close'])).not.toThrow()
    expect(() =>
      checkMethods(
        'transport',
        Object.assign(() => {}, { open }),
        ['open'],
      ),
    ).not.toThrow()
  })

  it.each([
    [{}, ['open'], 'transport must be an object with the method open, but has no method open'],
    [
      { open: () => {}, close: 'hunter2' },
      ['open', 'close'],
      'transport must be an object with the methods open, close, but has no method close',
    ],
    [undefined, ['open'], 'transport must be an object with the method open'],
    [null, ['open'], 'transport must be an object with the method open'],
    ['hunter2', ['open'], 'transport must be an object with the method open'],
  ])('says what %j lacks, and does not show it', (value, methods, message) => {
    const refuse = () => checkMethods('transport', value, methods)
    expect(refuse).toThrow(expect.objectContaining({ code: 'invalid-argument', argument: 'transport' }))
    expect(refuse).toThrow(message)
    expect(refuse).not.toThrow('hunter2')
    if (typeof value !== 'object' || value === null) expect(refuse).not.toThrow('has no method')
  })
})

describe('checkTime', () => {
  it('accepts whole and broken milliseconds that can be counted', () => {
    for (const now of [0, -5, 0.5, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])
      expect(() => checkTime(now)).not.toThrow()
  })

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53], ['5']])('refuses %s', (now) => {
    expect(() => checkTime(now as number)).toThrow('now must be a time in milliseconds')
  })
})
