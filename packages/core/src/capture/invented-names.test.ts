import { describe, expect, it } from 'vitest'
import { AnonymousTexts } from './anonymous-texts.js'

const joined = (name: string, slot: number) => `Player #${slot} ${name} (203.0.113.77:2304) connected`

/** What becomes of chat of a player without a name, after these players have joined. */
function chat(text: string, ...names: readonly string[]): string {
  const texts = new AnonymousTexts()
  texts.learn(names.map(joined))
  return texts.message(`(Side) : ${text}`).slice('(Side) : '.length)
}

describe('a name of four characters or more', () => {
  it.each([
    ['of four characters, in another case and within a word', 'Rook', 'ROOKS, xrook', 'Player 1S, xPlayer 1'],
    ['without its tag and the space behind it', '[TAG] Tamsin', 'hi Tamsin!', 'hi Player 1!'],
    ['with its tag', '[TAG] Tamsin', 'hi [tag] tamsin!', 'hi Player 1!'],
    ['in capitals, with a letter that is written in two ways', 'Νικος', 'ΝΙΚΟΣ, νικος', 'Player 1, Player 1'],
    ['behind a letter that is longer in small letters', 'Tamsin', 'İ TAMSIN, Tamsin', 'İ Player 1, Player 1'],
    ['behind a letter that is longer in capitals', 'Tamsin', 'ß TAMSIN, Tamsin', 'ß Player 1, Player 1'],
    ['with such a letter', 'İlker', 'İLKER, İlker', 'Player 1, Player 1'],
  ])('is replaced %s', (_, name, text, expected) => {
    expect(chat(text, name)).toBe(expected)
  })

  it.each([
    ['in case', ['Tamsin', 'TAMSIN']],
    ['in the tag', ['Tamsin', '[TAG]Tamsin']],
  ])('belongs to the first player with it where others differ %s', (_, names) => {
    expect(chat('tamsin', ...names)).toBe('Player 1')
  })
})

describe('a name of two or three characters', () => {
  it.each([
    ['a word', 'Bob', 'Bob, "Bob" (Bob) Bob', 'Player 1, "Player 1" (Player 1) Player 1'],
    ['letters before a digit', 'a12', 'a12 and xa12', 'Player 1 and xa12'],
    ['digits before a letter', '1st', '1st and 1sts', 'Player 1 and 1sts'],
    ['letters and signs', 'a.b', 'xa.bx', 'xPlayer 1x'],
    ['signs alone', '??', '?? "??" (??) ??, ?? hi', 'Player 1 "Player 1" (Player 1) Player 1, Player 1 hi'],
    [
      'signs at the end of a sentence',
      '^^',
      'oh ^^. ^^! ^^? ^^: ^^',
      'oh Player 1. Player 1! Player 1? Player 1: Player 1',
    ],
  ])('is replaced where it stands alone: %s', (_, name, text, expected) => {
    expect(chat(text, name)).toBe(expected)
  })

  it.each([
    ['a word behind a letter', 'Bob', 'xBob'],
    ['a word behind letters', 'Bob', 'oh xxBob'],
    ['a word in another case', 'Bob', 'bob'],
    ['signs behind a word', '??', 'what?? now'],
    ['signs before a word', '??', 'oh ??what'],
    ['signs within a word', '??', 'so??what'],
    ['a number', '31', '31 and 31'],
  ])('stays where it says nothing: %s', (_, name, text) => {
    expect(chat(text, name)).toBe(text)
  })
})

it('a name of spaces stays, and takes no number from the others', () => {
  const list = (...names: readonly string[]) =>
    ['Players on server:', ...names.map((name, slot) => `${slot}   127.0.0.1:2304     31   - ${name}`)].join(
      '\n',
    )
  const texts = new AnonymousTexts()
  texts.learn([list('  ', 'Rook')])
  expect(texts.reply(list('  ', 'Rook'))).toBe(list('  ', 'Player 1'))
})
