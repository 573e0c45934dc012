import { expect, it } from 'vitest'
import { commandName } from './command-name.js'

it.each([
  ['players', 'players', ''],
  ['KICK 3 afk', 'kick', '3'],
  [' \t kick 3', 'kick', '3'],
  ['kick\t3', 'kick', '3'],
  ['kick  3', 'kick', '3'],
  ['say -1 Привет', 'say', '-1'],
  ['#Lock', '#lock', ''],
  ['#ban LIST 2', '#ban', 'list'],
  ['@logout', '@logout', ''],
  ['#mod_thing.x on', '#mod_thing.x', 'on'],
])('%j is called %s', (text, name, argument) => {
  expect(commandName(text)).toMatchObject({ name, argument })
})

it('sends the command without spaces around it, with one space after the name', () => {
  expect(commandName('\t Kick \t 3  x \t')?.text).toBe('Kick 3  x')
})

it.each([
  ['nothing', ''],
  ['spaces alone', ' \t '],
  ['a NUL after the name', 'players\0kick 3'],
  ['a NUL before the name', '\0kick 3'],
  ['a line end', 'say -1 hello\nkick 3'],
  ['another control character', 'say -1 \u001b[2J'],
  ['a control character beyond ASCII', 'say -1 \u0085'],
  ['a letter that only looks like one', 'k\u0456ck 3'],
  ['a letter that becomes one in lower case', '\u212aick 3'],
  ['a letter that becomes one in upper case', '\u017fay -1 x'],
  ['full-width letters', '\uff4bick 3'],
  ['a space that is none', 'kick\u00a03'],
  ['a byte order mark', '\ufeffkick 3'],
  ['a zero-width space', 'ki\u200bck 3'],
  ['a name that ends in something else', 'kick;3'],
  ['a number in the name of a say', 'say-1 hello'],
  ['two hashes', '##kick 3'],
  ['a hash alone', '# kick 3'],
  ['a hash and an at sign', '#@logout'],
  ['a number', '3'],
  ['half a surrogate pair', 'say -1 \ud83d'],
  ['more bytes than a command has', `say -1 ${'\u20ac'.repeat(500)}`],
  ['more spaces around it than a command has bytes', `${' '.repeat(2_000)}players`],
  ['no text', 5],
])('has no name for %s', (_, text) => {
  expect(commandName(text)).toBeUndefined()
})

it('has a name for the longest command, and none for one more byte', () => {
  expect(commandName(`say -1 ${'x'.repeat(1_384)}`)?.name).toBe('say')
  expect(commandName(`say -1 ${'x'.repeat(1_385)}`)).toBeUndefined()
})
