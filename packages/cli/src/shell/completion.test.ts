import { expect, it, onTestFinished, vi } from 'vitest'
import { complete } from './completion.js'

const PLAYERS = [
  { id: 3, name: 'Rook' },
  { id: 4, name: '🐻 Bär' },
]

it('completes commands', () => {
  expect(complete('mi', PLAYERS)).toEqual([['missions '], 'mi'])
  expect(complete('/p', PLAYERS)).toEqual([['/players '], '/p'])
})

it.each(['\u001b]52;c;cm0=\u0007Eve', 'Eve\u202e', 'E\u200bve', '\u009b2J', 'Eve\u2028'])(
  'offers the number of a player whose name, %j, is not shown as it is',
  (name) => {
    const players = [...PLAYERS, { id: 15, name }]
    expect(complete('kick ', players)).toEqual([['Rook ', '🐻 Bär ', '15 '], ''])
    expect(complete('kick 1', players)).toEqual([['15 '], '1'])
    expect(complete(`kick ${name.slice(0, 1)}`, players)[0]).not.toContain(`${name} `)
  },
)

it('offers only names that the terminal has the letters for', () => {
  vi.stubEnv('LC_ALL', 'de_DE.ISO-8859-1')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  expect(complete('kick ', PLAYERS)).toEqual([['Rook ', '4 '], ''])
})

it('completes names of players where one is wanted', () => {
  expect(complete('kick R', PLAYERS)).toEqual([['Rook '], 'R'])
  expect(complete('say 🐻', PLAYERS)).toEqual([['🐻 Bär '], '🐻'])
  expect(complete('players R', PLAYERS)).toEqual([[], 'R'])
})
