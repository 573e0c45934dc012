import { expect, it } from 'vitest'
import { complete } from './completion.js'

const PLAYERS = [
  { id: 3, name: 'Rook' },
  { id: 4, name: '🐻 Bär' },
]

it('completes commands', () => {
  expect(complete('mi', PLAYERS)).toEqual([['missions '], 'mi'])
  expect(complete('/p', PLAYERS)).toEqual([['/players '], '/p'])
})

it('completes names of players where one is wanted', () => {
  expect(complete('kick R', PLAYERS)).toEqual([['Rook '], 'R'])
  expect(complete('say 🐻', PLAYERS)).toEqual([['🐻 Bär '], '🐻'])
  expect(complete('players R', PLAYERS)).toEqual([[], 'R'])
})
