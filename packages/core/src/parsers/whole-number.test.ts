import { expect, it } from 'vitest'
import { MAX_ID, signedNumber, wholeNumber, wholeNumberAt } from './whole-number.js'

it.each([
  ['0', 0],
  ['2147483647', MAX_ID],
  ['2147483648', undefined],
  ['0000000000000007', 7],
  // Of more digits than any number has.
  ['00000000000000007', undefined],
  ['', undefined],
  ['-7', undefined],
  ['7 ', undefined],
  ['/', undefined],
  [':', undefined],
])('the whole number that the text %j consists of is %s', (text, value) => {
  expect(wholeNumber(text)).toBe(value)
})

it('a number may be as large as its limit, which is exact below 2^53', () => {
  expect(wholeNumber('9007199254740991', Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
  expect(wholeNumber('65535', 65_535)).toBe(65_535)
  expect(wholeNumber('65536', 65_535)).toBeUndefined()
})

it.each([
  ['-1', -1],
  ['31', 31],
  ['-', undefined],
  ['--1', undefined],
])('the number %j may have a sign: %s', (text, value) => {
  expect(signedNumber(text)).toBe(value)
})

it('a number within a text ends where its digits do', () => {
  expect(wholeNumberAt('#12 Rook', 1)).toEqual({ value: 12, end: 3 })
  expect(wholeNumberAt('# Rook', 1)).toBeUndefined()
})
