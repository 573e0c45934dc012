// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { asciiJson, asciiOf, composed, isolated, jsonOf, manyLines } from './safe-text.js'

it('several lines keep only their line ends and tabs', () => {
  expect(manyLines('a\r\n\tb\rc\u001b[2J\u200b')).toBe('a\n\tb␍c␛[2J⟨200B⟩')
})

it('composed text keeps colors and isolates; other control characters become marks', () => {
  const ours = `\u001b[1m⟨200B⟩\u001b[22m ␛ ${isolated('דוד')}\n`
  expect(composed(ours)).toBe(ours)
  expect(composed('\u001b[2J\u001b]8;;x\u0007\r\u202e')).toBe('␛[2J␛]8;;x␇␍⟨202E⟩')
})

describe('JSON', () => {
  const value = { name: '\u001b[2J\u009b\u007f\u2028\u202e\u00ad\ufeff\u{e0041}\u200b␛ 漢\ud800\n' }

  it('escapes invisible characters, and is the same when it is parsed', () => {
    const json = jsonOf(value)
    expect(json).toBe(
      String.raw`{"name":"\u001b[2J\u009b\u007f\u2028\u202e\u00ad\ufeff\udb40\udc41\u200b␛ 漢\ud800\n"}`,
    )
    expect(JSON.parse(json)).toEqual(value)
    expect(JSON.parse(jsonOf([value], 2))).toEqual([value])
  })

  it('has an ASCII form', () => {
    expect(asciiJson('"漢🐻"')).toBe(String.raw`"\u6f22\ud83d\udc3b"`)
  })
})

it('a terminal without Unicode gets marks in ASCII', () => {
  expect(asciiOf('Bär 漢… ␛[2J ␡ ⟨200B⟩ █░')).toBe('B?r ?~ ^[[2J ^? <200B> #-')
})

it.each(['דוד', 'محمد', 'ߒߞߏ', '𞤀𞤣'])('%s does not reverse the text beside it', (text) => {
  expect(isolated(text)).toBe(`\u2068${text}\u2069`)
  expect(isolated('Rook')).toBe('Rook')
})
