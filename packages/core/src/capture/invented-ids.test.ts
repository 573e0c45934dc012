import { describe, expect, it } from 'vitest'
import { AnonymousTexts } from './anonymous-texts.js'
import { InventedIds } from './invented-ids.js'

/** What becomes of chat. */
function chat(text: string, ...learned: readonly string[]): string {
  const texts = new AnonymousTexts()
  texts.learn(learned)
  return texts.message(`(Side) : ${text}`).slice('(Side) : '.length)
}

describe('an address of IPv6', () => {
  it.each([
    ['in full', '2001:db8:0:0:0:0:0:5', '2001:db8::5'],
    ['with zeros before its digits', '2001:0db8::0005', '2001:db8::5'],
    ['with its zeros at the beginning', '0:0:0:0:0:0:0:abc', '::abc'],
    ['with its zeros at the end', '2001:db8:0:0:0:0:0:0', '2001:db8::'],
    ['with its zeros in the middle', '2001:db8:0:0:0:0:7:5', '2001:db8::7:5'],
    ['in capitals', '2001:DB8::ABC', '2001:db8::abc'],
  ])('has one invented address, also if it is written %s', (_, one, other) => {
    const ids = new InventedIds()
    expect([ids.of(one), ids.of(other)]).toEqual(['2001:db8:0:0:0:0:0:1', '2001:db8:0:0:0:0:0:1'])
  })

  it.each([
    ['2001:db8::a0b', '2001:db8::ab'],
    ['2001:db8::1:23', '2001:db8::12:3'],
    ['2001:db8::10', '2001:db8::1'],
    ['2001:db8::5', '2001:db8:5::'],
  ])('has another one than a similar one: %s and %s', (one, other) => {
    const ids = new InventedIds()
    expect([ids.of(one), ids.of(other)]).toEqual(['2001:db8:0:0:0:0:0:1', '2001:db8:0:0:0:0:0:2'])
  })

  it.each([
    ['before a colon', '2001:db8::5: rude', '2001:db8:0:0:0:0:0:1: rude'],
    ['before a colon, in full', '2001:db8:1:2:3:4:5:6: rude', '2001:db8:0:0:0:0:0:1: rude'],
    ['before a colon at the end', 'of 2001:db8::5:', 'of 2001:db8:0:0:0:0:0:1:'],
    ['behind a colon', 'ip:2001:db8::5', 'ip:2001:db8:0:0:0:0:0:1'],
    ['with zeros at its end', '2001:db8:: 2001:db8::,', '2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:1,'],
  ])('is replaced %s', (_, text, expected) => {
    expect(chat(text)).toBe(expected)
  })

  it.each(['0:0:0:0:0:0:0:1', 'abc:def:12', '12:34:56:78', 'std::abc'])('is not %s, which stays', (text) => {
    expect(chat(text)).toBe(text)
  })

  it.each([
    ['in full', '0:0:0:0:0:ffff:203.0.113.5', '0:0:0:0:0:ffff:198.18.0.1'],
    ['with few digits', '::10.0.0.1', '::198.18.0.1'],
    ['after a time of day', '12:34:203.0.113.5', '12:34:198.18.0.1'],
  ])('leaves no address of IPv4 readable that ends it: %s', (_, text, expected) => {
    expect(chat(text)).toBe(expected)
  })
})

describe('a piece of a GUID', () => {
  const [first, second] = ['89abcdef0123456700ff11ee22dd33cc', 'fedcba98765432100011223344556677']
  const learned = [first, second].map((guid, slot) => `Verified GUID (${guid}) of player #${slot} Rook`)

  it('belongs to its owner, in whichever order the GUIDs were learned', () => {
    expect(chat(second.slice(20), ...learned)).toBe('aaaaaaaaaaa2')
    expect(chat(first.slice(20), ...learned)).toBe('aaaaaaaaaaa1')
  })

  it('stays if nobody has a GUID with it', () => {
    expect(chat('deadbeef', ...learned)).toBe('deadbeef')
  })
})
