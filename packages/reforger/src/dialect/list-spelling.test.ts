import { expect, test } from 'vitest'
import { documentedSpelling, ListSpelling } from './list-spelling.js'

test('the second command is another than the first', () => {
  const spelling = new ListSpelling()
  expect(['players', '#players', '#ban list'].map((command) => spelling.confirmationOf(command))).toEqual([
    '#players',
    'players',
    '#players',
  ])
  expect([documentedSpelling('players'), documentedSpelling('#ban list')]).toEqual(['#players', '#ban list'])
})

test('where the short spelling was ignored, the documented one is not confirmed by it any more', () => {
  const spelling = new ListSpelling()
  spelling.wasIgnored('#players')
  expect(spelling.confirmationOf('#players')).toBe('players')
  spelling.wasIgnored('players')
  expect(spelling.confirmationOf('#players')).toBe('#players')
})
