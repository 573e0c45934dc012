import { describe, expect, it } from 'vitest'
import { AnonymousTexts } from './anonymous-texts.js'

const GUID = '0123456789abcdef0123456789abcdef'
const listOf = (...rows: readonly string[]) =>
  ['Players on server:', ...rows, `(${rows.length} players in total)`].join('\n')
const row = (name: string, slot = 0) => `${slot}   203.0.113.77:2304     31   ${GUID}(OK) ${name}`

/** The text after these texts of a server were learned. */
function changed(text: string, ...learned: readonly string[]): string {
  const texts = new AnonymousTexts()
  for (const each of learned) texts.learn(each)
  return texts.changed(text)
}

describe('a name is replaced', () => {
  it.each([
    ['a list', listOf(row('Rook'))],
    ['a list, in the lobby', listOf(row('Rook (Lobby)'))],
    ['a list, while they join', listOf('0   -   -   -  Rook (Lobby)')],
    ['a line', 'Player #0 Rook (203.0.113.77:2304) connected'],
    ['chat', '(Side) Rook: hello'],
    ['an admin’s message', 'RCon admin #0: (To Rook) hello'],
  ])('if %s contains it', (_, learned) => {
    expect(changed('Is Rook here?', learned)).toBe('Is Player 1 here?')
  })

  it('as a whole, whatever characters it has', () => {
    for (const name of ['[XYZ] Rook', 'a.b*c+d?', '^{1}$', '(a|b)', 'x/y\\z', 'Жук', 'Rook 🎉'])
      expect(changed(`<${name}> ab ${name}x`, listOf(row(name)))).toBe(`<Player 1> ab ${name}x`)
  })

  it('before one that it begins with', () => {
    const list = listOf(row('Rook'), row('Rook Two', 1), row('Rook Two Three', 2))
    expect(changed('Rook Two Three, Rook Two, Rook', list)).toBe('Player 3, Player 2, Player 1')
  })

  it('with what is in it as at the end of others, also while they join', () => {
    expect(changed('Is Rook (Lobby) Two here?', listOf('0   -   -   -  Rook (Lobby) Two'))).toBe(
      'Is Player 1 here?',
    )
  })

  it('as the list has it, if a line can be read in two ways', () => {
    const said = '(Side) AT: two: AT the gate'
    expect(changed(said, listOf(row('AT: two')), said)).toBe('(Side) Player 1: AT the gate')
  })

  it('after others were: one that is learned later too', () => {
    const texts = new AnonymousTexts()
    texts.learn(listOf(row('Rook')))
    expect(texts.changed('Rook and Pawn')).toBe('Player 1 and Pawn')
    texts.learn(listOf(row('Pawn')))
    expect(texts.changed('Rook and Pawn')).toBe('Player 1 and Player 2')
  })
})

describe('a text stays', () => {
  it.each([
    ['an admin’s message to all', 'RCon admin #0: (Global) hello'],
    ['a name of spaces', listOf(row('  '))],
    ['a line that is none', 'Rook'],
    ['a row without a name', listOf('0 -')],
  ])('if what was learned has no name in it: %s', (_, learned) => {
    expect(changed('Rook -  - undefined', learned)).toBe('Rook -  - undefined')
  })
})

describe('an address or GUID', () => {
  it('has one in its place everywhere, also in capitals', () => {
    const texts = new AnonymousTexts()
    const [first, second] = [texts.changed(GUID), texts.changed(GUID.replaceAll('0', '1'))]
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(second).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set([first, second, GUID]).size).toBe(3)
    expect(texts.changed(GUID.toUpperCase())).toBe(first)
  })

  it('is of the ranges that nobody has', () => {
    const texts = new AnonymousTexts()
    expect(texts.changed('at 203.0.113.77:2304, at 203.0.113.78')).toBe('at 198.18.0.1:2304, at 198.18.0.2')
    expect(texts.changed('2001:DB8::7 is [2001:db8:1:2:3:4:5:6]:2304')).toBe(
      '2001:db8:0:0:0:0:0:3 is [2001:db8:0:0:0:0:0:4]:2304',
    )
    for (let host = 1; host <= 300; host++) texts.address(`203.0.${host >> 8}.${host & 0xff}`)
    expect(texts.address('203.0.113.200')).toBe('198.18.1.49')
  })

  it('stays if it is the machine’s own', () => {
    expect(changed('127.0.0.1:2306')).toBe('127.0.0.1:2306')
  })

  it.each(['12:30:45', '1.2.3', 'a::b', `${GUID}0`])('is not what only looks like it: %s', (text) => {
    expect(changed(text)).toBe(text)
  })
})
