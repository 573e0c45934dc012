import { describe, expect, it } from 'vitest'
import { parseAdmins, parseBans, parsePlayers } from '../parsers/index.js'
import { adminsProblem, bansProblem, joiningSlot, playersProblem } from './list-problem.js'

const GUID = 'a'.repeat(32)
const ANN = `0   192.0.2.1:2304        31   ${GUID}(OK) Ann`
const BOB = '1   192.0.2.2:2304        -1   - Bob (Lobby)'

function problemOf(...lines: readonly string[]) {
  const reply = parsePlayers(['Players on server:', ...lines].join('\n'))
  if (reply === undefined) throw new Error('no list')
  return playersProblem(reply)
}

describe('a list of players', () => {
  it.each([
    ['is whole', [ANN, BOB, '(2 players in total)'], undefined],
    ['is whole where it is empty', ['(0 players in total)'], undefined],
    ['is cut short without its last line', [ANN, BOB], 'cut-short'],
    ['has fewer rows than its total', [ANN, '(2 players in total)'], 'wrong-total'],
    ['contains a row forged by a line end in a name', [ANN, BOB, BOB, '(2 players in total)'], 'wrong-total'],
    ['has a row that is none', [ANN, 'nonsense', '(2 players in total)'], 'unreadable-row'],
    [
      'contains a total forged by a name',
      [ANN, '(1 players in total)', '(1 players in total)'],
      'wrong-total',
    ],
    ['has a slot twice', [ANN, ANN, '(2 players in total)'], 'number-twice'],
    [
      'is complete with a row without an address',
      [ANN, '1   -      -1   - Bob', '(2 players in total)'],
      undefined,
    ],
    [
      'is complete with a row without a ping',
      [ANN, '1   192.0.2.2:2304  -  - Bob', '(2 players in total)'],
      undefined,
    ],
    [
      'contains a slot in a row without a ping, and again',
      [ANN, '0   192.0.2.2:2304  -  - Bob', '(2 players in total)'],
      'number-twice',
    ],
    [
      'does not count an excess row without a ping',
      [ANN, '1 - - - Bob', '(1 players in total)'],
      'wrong-total',
    ],
  ])('%s', (_, lines, problem) => {
    expect(problemOf(...lines)).toBe(problem)
  })
})

it.each([
  ['7   -    31   - Ann', 7],
  [`7   192.0.2.1:2304   -   ${GUID}(OK) Ann`, 7],
  ['7 - - -', 7],
  ['7   192.0.2.1:2304   31   - Ann', undefined],
  ['x - - - Ann', undefined],
  ['7 - x - Ann', undefined],
  ['7 x - - Ann', undefined],
  ['7 - - x Ann', undefined],
  ['7 - -', undefined],
  ['', undefined],
])('the slot of the row %j, about which the server does not know enough, is %s', (row, slot) => {
  expect(joiningSlot(row)).toBe(slot)
})

it.each([
  [[`0  ${GUID} perm a`], undefined],
  [[`0  ${GUID} perm a`, 'nonsense'], 'unreadable-row'],
  [[`0  ${GUID} perm a`, `0  ${GUID} 90 b`], 'number-twice'],
])('the list of bans %j has the problem %s', (rows, problem) => {
  const reply = parseBans(['GUID Bans:', ...rows, '', 'IP Bans:'].join('\n'))
  expect(reply && bansProblem(reply)).toBe(problem)
})

it.each([
  [['0 192.0.2.9:50960', '1 192.0.2.9:50961'], undefined],
  [['0 192.0.2.9:50960', 'nonsense'], 'unreadable-row'],
  [['0 192.0.2.9:50960', '0 192.0.2.10:50960'], 'number-twice'],
])('the list of admins %j has the problem %s', (rows, problem) => {
  const reply = parseAdmins(['Connected RCon admins:', ...rows].join('\n'))
  expect(reply && adminsProblem(reply)).toBe(problem)
})
