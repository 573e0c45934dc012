import { InvalidArgumentError, RconError } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { ERROR_SAMPLES } from '../../test/error-samples.js'
import { type ErrorData, errorFromData, errorToData } from './error-data.js'
import { LoginRefusedError } from './login-errors.js'

describe.each(Object.values(ERROR_SAMPLES))('$code', (error) => {
  const crossings: readonly (readonly [way: string, cross: (data: ErrorData) => ErrorData])[] = [
    ['structuredClone', (data) => structuredClone(data)],
    ['JSON', (data) => JSON.parse(JSON.stringify(data)) as ErrorData],
  ]

  it.each(crossings)('survives %s as the same class with the same facts', (_, cross) => {
    const again = errorFromData(cross(errorToData(error)))
    expect(again).toBeInstanceOf(RconError)
    expect(again.constructor).toBe(error.constructor)
    expect([again.name, again.message, { ...again }]).toEqual([error.name, error.message, { ...error }])
  })

  it('has its code, the name of its class, and a message that says more', () => {
    expect(error.name).toBe(error.constructor.name)
    expect(error.message.length).toBeGreaterThan(10)
    expect(ERROR_SAMPLES[error.code]).toBe(error)
  })
})

it('a foreign error keeps its name and message', () => {
  const data = errorToData(new TypeError('not ours'))
  expect(data).toEqual({ code: undefined, name: 'TypeError', message: 'not ours', facts: {} })
  const again = errorFromData(structuredClone(data))
  expect(again).toMatchObject({ name: 'TypeError', message: 'not ours' })
  expect(again).not.toBeInstanceOf(RconError)
})

it('an error from another copy of the package crosses as one of this copy', () => {
  class OtherCopy extends Error {
    readonly code = 'login-refused'
    readonly host = '192.0.2.1'
    readonly port = 2302
    readonly attempts = 1
    readonly elapsedMs = 30
  }
  const again = errorFromData(structuredClone(errorToData(new OtherCopy('refused'))))
  expect(again).toBeInstanceOf(LoginRefusedError)
  expect(again).toMatchObject({ code: 'login-refused', host: '192.0.2.1', attempts: 1, message: 'refused' })
})

it('an error with a system code is foreign', () => {
  const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', address: '192.0.2.1' })
  expect(errorToData(error)).toEqual({ code: undefined, name: 'Error', message: 'refused', facts: {} })
})

it('any other thrown value becomes an error that describes it', () => {
  expect(errorFromData(errorToData('just a text'))).toMatchObject({ name: 'Error', message: 'just a text' })
  expect(errorFromData(errorToData(undefined)).message).toBe('undefined')
  // Such as `name`, which would be printed after the stack.
  expect(Object.keys(errorFromData(errorToData('just a text')))).toEqual([])
})

it.each([
  ['a text', 'a text'],
  [7, 7],
  [false, false],
  [undefined, undefined],
  [null, null],
  [7n, '(bigint)'],
  [Symbol('slot'), '(symbol)'],
  [{ slot: 7 }, '(object)'],
  [() => 7, '(function)'],
])('a refused value crosses if JSON can carry it, and otherwise as its type: %s', (value, shown) => {
  // Of another copy of the package, which may keep more of it.
  const error = Object.assign(new InvalidArgumentError('playerId', 7, 'a slot'), { value })
  const data = errorToData(error)
  expect(data.facts).toEqual({ argument: 'playerId', value: shown, expected: 'a slot' })
  expect(errorFromData(JSON.parse(JSON.stringify(data)) as ErrorData)).toMatchObject({
    code: 'invalid-argument',
    message: error.message,
  })
})

it.each([
  ['a code of a later version', 'later', {}],
  ['a code that every object has as a property', 'constructor', { message: 'forged' }],
  ['facts that are not those of its code', 'unknown-command', {}],
  ['no facts', 'login-refused', undefined],
])('data from elsewhere with %s becomes an error with that code and message', (_, code, facts) => {
  const data = { code, name: 'RconError', message: 'from elsewhere', facts } as unknown as ErrorData
  const error = errorFromData(data)
  expect(error).toBeInstanceOf(RconError)
  expect(error).toMatchObject({ code, name: 'RconError', message: 'from elsewhere' })
})
