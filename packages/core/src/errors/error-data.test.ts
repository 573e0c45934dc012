import { RconError } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { ERROR_SAMPLES } from '../../test/error-samples.js'
import { type ErrorData, errorFromData, errorToData } from './error-data.js'
import { LoginRefusedError } from './login-errors.js'

describe.each(Object.values(ERROR_SAMPLES))('$code', (error) => {
  const crossings: readonly (readonly [way: string, cross: (data: ErrorData) => ErrorData])[] = [
    ['structuredClone', (data) => structuredClone(data)],
    ['JSON', (data) => JSON.parse(JSON.stringify(data)) as ErrorData],
  ]

  it.each(crossings)('comes through %s as the same class with the same facts', (_, cross) => {
    const again = errorFromData(cross(errorToData(error)))
    expect(again).toBeInstanceOf(RconError)
    expect(again.constructor).toBe(error.constructor)
    expect([again.name, again.message, { ...again }]).toEqual([error.name, error.message, { ...error }])
  })

  it('has its code, a name of its own class, and a message that says more than that', () => {
    expect(error.name).toBe(error.constructor.name)
    expect(error.message.length).toBeGreaterThan(10)
    expect(ERROR_SAMPLES[error.code]).toBe(error)
  })
})

it('an error that is not ours keeps its name and message', () => {
  const data = errorToData(new TypeError('not ours'))
  expect(data).toEqual({ code: undefined, name: 'TypeError', message: 'not ours', facts: {} })
  expect(errorFromData(structuredClone(data))).toMatchObject({ name: 'TypeError', message: 'not ours' })
})

it('an error of ours that another copy of the package made crosses as ours', () => {
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

it('an error with a code of the system is not ours', () => {
  const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', address: '192.0.2.1' })
  expect(errorToData(error)).toEqual({ code: undefined, name: 'Error', message: 'refused', facts: {} })
})

it('whatever else is thrown becomes an error that says what it was', () => {
  expect(errorFromData(errorToData('just a text'))).toMatchObject({ name: 'Error', message: 'just a text' })
  expect(errorFromData(errorToData(undefined)).message).toBe('undefined')
})
