import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyOf } from './glob.js'

it.each([
  ['altis', 'altis', true],
  ['altis', 'Altis', true],
  ['altis', 'altis2', false],
  ['dayz-*', 'dayz-1', true],
  ['dayz-*', 'dayz', false],
  ['*', '', true],
  ['*-pvp', 'eu-pvp', true],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'acb', false],
  ['a*a', 'a', false],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'aba', false],
  ['*ab*b', 'ab', false],
  ['*ab*b', 'abb', true],
  ['a.c', 'abc', false],
])('%s and %s: %s', (glob, name, matches) => {
  expect(anyOf([glob])(name)).toBe(matches)
})

it('matches nothing without globs, and what any of several matches', () => {
  expect(anyOf([])('altis')).toBe(false)
  expect(anyOf(['altis', 'dayz-*'])('dayz-2')).toBe(true)
})

it('says the same as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
  const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 })
  fc.assert(
    fc.property(letters, names, (glob, name) => {
      const like = new RegExp(`^${glob.replaceAll('*', '.*')}$`)
      expect(anyOf([glob])(name)).toBe(like.test(name))
    }),
  )
})
