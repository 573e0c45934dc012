import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestName, suggestion } from './nearest-name.js'

const NAMES = ['login', 'playerConnect', 'playerKick', 'error', 'keepAliveMs', 'maxInFlight']

it.each([
  ['on_login', 'login'],
  ['login ', 'login'],
  ['onLogin', 'login'],
  ['on_player_connect', 'playerConnect'],
  ['player-connect', 'playerConnect'],
  ['playerConect', 'playerConnect'],
  ['keepAliveMS', 'keepAliveMs'],
  ['KeepAlive', 'keepAliveMs'],
  ['maxInflight', 'maxInFlight'],
  ['eror', 'error'],
  ['errro', 'error'],
  ['lgoin', 'login'],
  ['lgion', undefined],
  ['cheese', undefined],
  ['', undefined],
  ['on login', 'login'],
  [' on_login', 'login'],
  ['onlogin', undefined],
])('%j suggests %j', (given, name) => {
  expect(nearestName(given, NAMES)).toBe(name)
})

it('skips names that are too long to compare', () => {
  expect(nearestName('login'.repeat(1_000_000), NAMES)).toBeUndefined()
})

it('ends a sentence with the name, or adds nothing', () => {
  expect(suggestion('Login', NAMES)).toBe('; did you mean "login"?')
  expect(suggestion('cheese', NAMES)).toBe('')
})

it.each([
  ['salon_x', 'salonx'],
  ['salonX', 'salonx'],
])('takes an `on` inside a name for a part of it: %j', (given, name) => {
  expect(nearestName(given, [name])).toBe(name)
})

it('compares a name of sixty characters, and none that is longer', () => {
  const name = 'abcdefghij'.repeat(6)
  expect(nearestName(name, [name])).toBe(name)
  expect(nearestName(`${name}k`, [name])).toBeUndefined()
})

it('suggests a name that is one slip away, or one for every four letters', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(word, word, (given, name) => {
      const isClose = slipsBetween(given, name) <= Math.max(1, Math.floor(given.length / 4))
      expect(nearestName(given, [name])).toBe(isClose ? name : undefined)
    }),
    { numRuns: 500 },
  )
})

/** The same by its definition, in exponential time: letters to add, drop, replace, or swap with the next one. */
function slipsBetween(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length
  const [a, b] = [one.slice(1), other.slice(1)]
  if (one[0] === other[0]) return slipsBetween(a, b)
  const isSwapped = one.length > 1 && one[0] === other[1] && one[1] === other[0]
  return (
    1 +
    Math.min(
      slipsBetween(a, b),
      slipsBetween(a, other),
      slipsBetween(one, b),
      isSwapped ? slipsBetween(a.slice(1), b.slice(1)) : Number.POSITIVE_INFINITY,
    )
  )
}
