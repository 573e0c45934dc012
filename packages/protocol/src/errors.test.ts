import { describe, expect, it } from 'vitest'
import {
  codeOf,
  InvalidArgumentError,
  passwordTooLong,
  passwordWithNul,
  RconError,
  tooManyBytes,
  unknownOption,
  unshownArgument,
} from './errors.js'

describe('RconError', () => {
  it('has a code, a message, and optionally a cause', () => {
    const cause = new Error('why')
    const error = new RconError('closed', 'The session is over', { cause })
    expect(error).toMatchObject({ code: 'closed', message: 'The session is over', name: 'RconError', cause })
    expect(error).toBeInstanceOf(Error)
    expect('cause' in new RconError('closed', 'over')).toBe(false)
    expect(error.docs).toBe('docs/errors.md#closed')
  })

  it('has a name that can be set for one error, more than once, and removed again', () => {
    const error = new InvalidArgumentError('minutes', -1, 'at least 1')
    error.name = 'MyError'
    error.name = 'OtherError'
    expect([error.name, Object.keys(error).includes('name')]).toEqual(['OtherError', false])
    Reflect.deleteProperty(error, 'name')
    expect(error.name).toBe('InvalidArgumentError')
    expect(new RconError('closed', 'over').name).toBe('RconError')
  })
})

describe('codeOf', () => {
  it('returns the code of an error, of any package', () => {
    expect(codeOf(new RconError('closed', 'over'))).toBe('closed')
    expect(codeOf(Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' }))).toBe('EHOSTUNREACH')
  })

  it.each([
    [new Error('why')],
    [Object.assign(new Error('why'), { code: 5 })],
    [{ code: 'closed' }],
    ['closed'],
    [undefined],
    [null],
  ])('returns nothing for what has none: %j', (error) => {
    expect(codeOf(error)).toBeUndefined()
  })
})

describe('the error about an option that does not exist', () => {
  it.each([
    [['only'], '; the only option is only'],
    [['a', 'b', 'c'], '; the options are a, b and c'],
    [['a', 'b', 'c', 'd', 'e', 'f'], '; the options are a, b, c, d, e and f'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], ''],
    [[], ''],
    [['a', 'timeoutMs'], '; did you mean "timeoutMs"?'],
  ])('names those that do, unless they are many: %j', (names, help) => {
    const error = unknownOption('timeoutsMs', 'hunter2', names)
    expect(error.message).toBe(`There is no option "timeoutsMs"${help}`)
    expect(error).toMatchObject({ value: 'a string', expected: 'an option that exists' })
  })
})

describe('an error that shows no value', () => {
  it.each([
    ['hunter2', 'a string'],
    [5, 'a number'],
    [true, 'a boolean'],
    [undefined, 'missing'],
    [null, 'missing'],
    [['hunter2'], 'an object'],
    [() => 'hunter2', 'a function'],
    [new Uint8Array(9), '9 bytes'],
  ])('has its sort instead', (value, sort) => {
    const error = unshownArgument('host', value, 'a name')
    expect(error).toMatchObject({ value: sort, message: `host must be a name, but is ${sort}` })
  })

  it('says what is wrong with a password, and never what it is', () => {
    expect(passwordWithNul()).toMatchObject({
      argument: 'password',
      value: 'a string',
      expected: 'a string without NUL',
      message: 'The password contains a NUL character, which the protocol cannot send; remove it',
    })
    expect(passwordTooLong(9)).toMatchObject({
      argument: 'password',
      value: 'a string',
      expected: 'a string of at most 9 bytes',
      message: 'The password is longer than 9 bytes; use a shorter one',
    })
  })

  it('counts bytes that do not fit', () => {
    expect(tooManyBytes(new Uint8Array(9), 8)).toMatchObject({
      argument: 'bytes',
      value: '9 bytes',
      expected: 'at most 8 bytes',
      message: 'bytes must be at most 8 bytes long to fit into one packet, but has 9',
    })
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
    const error = new InvalidArgumentError('it', value, 'good')
    expect(error.message).toBe(`it must be good, but is ${described}`)
    const isKept = typeof value !== 'object' && typeof value !== 'function'
    expect(error.value).toBe(isKept || value === null ? value : described)
  })
})
