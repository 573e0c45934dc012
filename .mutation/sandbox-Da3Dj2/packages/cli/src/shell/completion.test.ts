// @ts-nocheck
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CompletedCommand } from '../completion/completed-command.js'
import { complete } from './completion.js'

const command = (path: string, ...flags: readonly string[]): CompletedCommand => {
  const options = flags.map((flag) => ({ flags: [flag], about: '', value: { kind: 'nothing' } as const }))
  return { path, below: [], options, places: [], takesText: false }
}
const format = {
  flags: ['--format', '-f'],
  about: '',
  value: { kind: 'words', words: ['table', 'json'].map((text) => ({ text, about: '' })) },
} as const

const VOCABULARY = {
  commands: [
    command('ban', '--for'),
    { ...command('bans'), options: [format] },
    command('kick'),
    command('missions'),
    command('say', '--to'),
  ],
  players: [
    { id: 3, name: 'Rook' },
    { id: 4, name: '🐻 Bär' },
  ],
}

const completed = (line: string) => complete(line, VOCABULARY)

describe('a first word', () => {
  it('completes to a common command, or a rare one if no common one matches', () => {
    expect(completed('m')).toEqual([['missions '], 'm'])
    expect(completed('ma')).toEqual([['maxPing '], 'ma'])
    expect(completed('b')).toEqual([['ban ', 'bans '], 'b'])
    expect(completed('ex')).toEqual([['exec ', 'exit '], 'ex'])
  })

  it('that begins with # completes to a command of the game', () => {
    expect(completed('#lo')).toEqual([['#lock '], '#lo'])
    expect(completed('#rest')[0]).toContain('#restartserver ')
  })

  it('may begin with a slash, which makes it a command of the prompt', () => {
    expect(completed('/b')).toEqual([['/ban ', '/bans '], '/b'])
    expect(completed('/ma')).toEqual([[], '/ma'])
  })
})

describe('a name', () => {
  const namesFor = (line: string, ...names: readonly string[]) => {
    const players = names.map((name, index) => ({ id: 15 + index, name }))
    return complete(line, { ...VOCABULARY, players: [...VOCABULARY.players, ...players] })
  }

  it('is completed where a player is expected, in any case', () => {
    expect(completed('kick r')).toEqual([['Rook '], 'r'])
    expect(completed('ban 🐻')).toEqual([['🐻 Bär '], '🐻'])
    expect(completed('say --to Ro')).toEqual([['Rook '], 'Ro'])
    expect(completed('say Ro')).toEqual([[], 'Ro'])
    expect(completed('missions R')).toEqual([[], 'R'])
  })

  it.each(['\u001b]52;c;cm0=\u0007Eve', 'Eve\u202e', 'E\u200bve', '\u009b2J', 'Eve\u2028'])(
    'that must be escaped, %j, is completed to its number',
    (name) => {
      expect(namesFor('kick ', name)).toEqual([['Rook ', '🐻 Bär ', '15 '], ''])
      expect(namesFor('kick 1', name)).toEqual([['15 '], '1'])
      expect(namesFor(`kick ${name.slice(0, 1)}`, name)[0]).not.toContain(`${name} `)
    },
  )

  it.each(['--for', '"Eve"', '42', ' Eve', 'Eve '])(
    'is also completed if it would be parsed differently, %j',
    (name) => {
      expect(namesFor('ban 1', name)).toEqual([['15 '], '1'])
    },
  )

  it('is also completed if the terminal lacks its letters', () => {
    vi.stubEnv('LC_ALL', 'de_DE.ISO-8859-1')
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    expect(completed('kick ')).toEqual([['Rook ', '4 '], ''])
  })
})

it('flags and their values are completed', () => {
  expect(completed('ban Rook --')).toEqual([['--for '], '--'])
  expect(completed('bans --format j')).toEqual([['json '], 'j'])
  expect(completed('help k')).toEqual([['kick '], 'k'])
})
