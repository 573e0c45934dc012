import { describe, expect, it } from 'vitest'
import { readCommandLine, USAGE } from './command-line.js'

const read = (line: string) => readCommandLine(line === '' ? [] : line.split(' '))
const server = { name: 'altis', host: '192.0.2.1', port: 2306 }

describe('a command line', () => {
  it.each([
    ['', { type: 'help' }],
    ['--help', { type: 'help' }],
    ['worker -h', { type: 'help' }],
    ['key fleet.key', { type: 'key', path: 'fleet.key' }],
    ['list fleet.toml', { type: 'list', path: 'fleet.toml' }],
    ['remove fleet.toml altis', { type: 'remove', path: 'fleet.toml', name: 'altis' }],
    ['worker fleet.toml', { type: 'worker', path: 'fleet.toml', id: undefined, isVerbose: false }],
    [
      'worker fleet.toml --id w1 --commands',
      { type: 'worker', path: 'fleet.toml', id: 'w1', isVerbose: true },
    ],
    [
      'add fleet.toml altis 192.0.2.1 2306',
      { type: 'add', path: 'fleet.toml', ...server, game: 'arma3', passwordFile: '-' },
    ],
    [
      'add fleet.toml altis 192.0.2.1 2306 --game reforger --password-file altis.password',
      { type: 'add', path: 'fleet.toml', ...server, game: 'reforger', passwordFile: 'altis.password' },
    ],
  ])('says what to do: %j', (line, asked) => {
    expect(read(line)).toEqual(asked)
  })

  it.each([
    ['start', 'There is no command "start"'],
    ['toString x', 'There is no command "toString"'],
    ['help x', 'There is no command "help"'],
    ['key', '"key" takes 1 arguments, and 0 are given'],
    ['list a b', '"list" takes 1 arguments, and 2 are given'],
    ['remove fleet.toml', '"remove" takes 2 arguments, and 1 are given'],
    ['add fleet.toml altis 192.0.2.1', '"add" takes 4 arguments, and 3 are given'],
    ['add a b c 1 --game dayz2', 'The game is one of arma3, dayz, reforger'],
    ['list fleet.toml --verbose', "Unknown option '--verbose'"],
  ])('that is wrong is refused with a sentence and the usage: %j', (line, sentence) => {
    expect(() => read(line)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        argument: 'arguments',
        expected: 'as the usage says',
        message: `${sentence}\n${USAGE}`,
      }),
    )
  })
})
