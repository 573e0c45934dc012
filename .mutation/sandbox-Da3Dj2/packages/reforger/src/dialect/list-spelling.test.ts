// @ts-nocheck
import { expect, test } from 'vitest'
import { documentedSpelling, ListSpelling } from './list-spelling.js'

test('the second command differs from the first', () => {
  const spelling = new ListSpelling()
  expect(['players', '#players', '#ban list'].map((command) => spelling.confirmationOf(command))).toEqual([
    '#players',
    'players',
    '#players',
  ])
  expect([documentedSpelling('players'), documentedSpelling('#ban list')]).toEqual(['#players', '#ban list'])
})

test('if the short spelling was ignored, it no longer confirms the documented one', () => {
  const spelling = new ListSpelling()
  spelling.wasIgnored('#players')
  expect(spelling.confirmationOf('#players')).toBe('players')
  spelling.wasIgnored('players')
  expect(spelling.confirmationOf('#players')).toBe('#players')
})
