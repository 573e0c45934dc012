// @ts-nocheck
import { expect, it } from 'vitest'
import { wordsOf } from './typed-line.js'

const NAMES = ['Rook', 'Rook two', 'Ulf Berht', '-x']

it.each([
  ['kick Rook afk', ['kick', 'Rook', 'afk']],
  ['kick Rook two afk', ['kick', 'Rook two', 'afk']],
  ['kick rook TWO', ['kick', 'rook TWO']],
  ['kick "Rook" two shots', ['kick', 'Rook', 'two', 'shots']],
  ['KICK Rooks afk', ['kick', 'Rooks', 'afk']],
  ['kick', ['kick']],
  ['kick -x afk', ['kick', '--', '-x', 'afk']],
  ['ban --for 7d Ulf Berht spam', ['ban', '--for', '7d', 'Ulf Berht', 'spam']],
  ['ban Ulf Berht --for 7d spam', ['ban', 'Ulf Berht', '--for', '7d', 'spam']],
  ['say Rook two is here', ['say', 'Rook', 'two', 'is', 'here']],
  ['say --to Ulf Berht please  move', ['say', '--to', 'Ulf Berht', 'please', '', 'move']],
  ['say he said "hi"', ['say', 'he', 'said', '"hi"']],
])('%s has the words %j', (line, words) => {
  expect(wordsOf(line, NAMES)).toEqual(words)
})
