import { describe, expect, it } from 'vitest'
import { asciiJson, asciiOf, composed, isolated, jsonOf, manyLines, oneLine } from './safe-text.js'

it.each([
  ['an escape sequence', '\u001b]0;title\u0007', '␛]0;title␇'],
  ['C1 controls', '\u009b2J', '⟨9B⟩2J'],
  ['line ends and tabs', 'a\r\n\tb', 'a␍␊␉b'],
  ['delete', 'a\u007f', 'a␡'],
  ['line and paragraph separators', 'a\u2028b\u2029', 'a⟨2028⟩b⟨2029⟩'],
  ['a direction override', 'abc\u202efed', 'abc⟨202E⟩fed'],
  ['isolates and marks of direction', '\u2066\u200f\u061c', '⟨2066⟩⟨200F⟩⟨61C⟩'],
  ['zero-width characters', 'R\u200bo\u200co\u200dk\u2060', 'R⟨200B⟩o⟨200C⟩o⟨200D⟩k⟨2060⟩'],
  ['a soft hyphen and a byte order mark', 'Ro\u00adok\ufeff', 'Ro⟨AD⟩ok⟨FEFF⟩'],
  ['tag characters', 'Rook\u{e0041}', 'Rook⟨E0041⟩'],
  ['variation selectors and fillers', 'R\ufe0f\u3164\u115f\u034f', 'R⟨FE0F⟩⟨3164⟩⟨115F⟩⟨34F⟩'],
  ['blanks that are no spaces', 'a\u00a0b\u2003c\u3000\u2800', 'a⟨A0⟩b⟨2003⟩c⟨3000⟩⟨2800⟩'],
  ['half of a pair', 'a\ud800', 'a⟨D800⟩'],
  ['what looks like a mark', '␛[0m⟨200B⟩', '⟨241B⟩[0m⟨27E8⟩200B⟨27E9⟩'],
])('%s: %j is shown as %s', (_kind, text, shown) => {
  expect(oneLine(text)).toBe(shown)
})

it.each(['Rook', '🐻 Bär 漢字', 'דוד', 'Zoë & Jiří', '~HALOWICK~', 'a  b', 'प्रिया'])(
  '%s is shown as it is',
  (text) => {
    expect(oneLine(text)).toBe(text)
  },
)

it('no two characters look the same, and none is lost', () => {
  const seen = new Map<string, number>()
  for (let code = 0; code <= 0x10ffff; code++) {
    const shown = oneLine(String.fromCodePoint(code))
    if (shown === '') throw new Error(`${code.toString(16)} is lost`)
    if (seen.has(shown)) throw new Error(`${code.toString(16)} looks like ${seen.get(shown)?.toString(16)}`)
    seen.set(shown, code)
  }
})

it('several lines keep their line ends and tabs, and nothing else', () => {
  expect(manyLines('a\r\n\tb\rc\u001b[2J\u200b')).toBe('a\n\tb␍c␛[2J⟨200B⟩')
})

it('what was composed keeps colours and isolates; whatever else was forgotten becomes a mark', () => {
  const ours = `\u001b[1m⟨200B⟩\u001b[22m ␛ ${isolated('דוד')}\n`
  expect(composed(ours)).toBe(ours)
  expect(composed('\u001b[2J\u001b]8;;x\u0007\r\u202e')).toBe('␛[2J␛]8;;x␇␍⟨202E⟩')
})

describe('JSON', () => {
  const value = { name: '\u001b[2J\u009b\u007f\u2028\u202e\u00ad\ufeff\u{e0041}\u200b␛ 漢\ud800\n' }

  it('escapes what cannot be seen, and is the same when it is parsed', () => {
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

it.each(['דוד', 'محمد', 'ߒߞߏ', '𞤀𞤣'])('%s does not turn what stands beside it', (text) => {
  expect(isolated(text)).toBe(`\u2068${text}\u2069`)
  expect(isolated('Rook')).toBe('Rook')
})
