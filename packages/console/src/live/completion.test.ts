import { expect, it } from 'vitest'
import { complete } from './completion.js'
import { CommandHistory } from './history.js'

const vocabulary = {
  commands: ['say', 'kick', 'players', 'ban', 'bans'],
  players: [
    { id: 3, name: 'Rook' },
    { id: 4, name: 'Rob' },
    { id: 5, name: 'Zoë' },
  ],
}

it.each([
  ['ki', 'kick '],
  ['KI', 'kick '],
  ['b', 'ban'],
  ['kick z', 'kick 5 '],
  ['kick Roo', 'kick 3 '],
  ['xyz', 'xyz'],
  ['', ''],
])('completes %j to %j', (line, completed) => {
  expect(complete(line, vocabulary).line).toBe(completed)
})

it('offers the choices where there are several', () => {
  expect(complete('b', vocabulary).choices).toEqual(['ban', 'bans'])
  expect(complete('kick ro', vocabulary).choices).toEqual(['3 Rook', '4 Rob'])
})

it('walks back and forth through the commands typed before', () => {
  const history = new CommandHistory()
  for (const command of ['one', 'two', 'two', 'three']) history.add(command)
  expect([-1, -1, -1, -1, 1, 1, 1, 1].map((by) => history.step(by as -1 | 1))).toEqual([
    'three',
    'two',
    'one',
    'one',
    'two',
    'three',
    '',
    '',
  ])
})
