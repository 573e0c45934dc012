import { expect, it } from 'vitest'
import { withNumber } from './named-player.js'

const PLAYERS = [
  { id: 3, name: 'Rook' },
  { id: 4, name: 'Rook two' },
  { id: 5, name: 'Twin' },
  { id: 6, name: 'Twin' },
]

it.each([
  ['kick Rook afk', 'kick 3 afk'],
  ['kick Rook two afk', 'kick 4 afk'],
  ['Say Rook', 'Say 3'],
  ['ban 3 60 spam', 'ban 3 60 spam'],
  ['say -1 hello', 'say -1 hello'],
  ['players', 'players'],
])('%s is sent as %s', (line, sent) => {
  expect(withNumber(line, PLAYERS)).toBe(sent)
})

it.each(['kick Rooks', 'kick Twin', 'say hello'])('%s means nobody, or two', (line) => {
  expect(withNumber(line, PLAYERS)).toBeUndefined()
})
