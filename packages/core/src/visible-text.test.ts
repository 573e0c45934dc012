import { expect, it, vi } from 'vitest'
import { logLine, visibleText } from './visible-text.js'

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
  expect(visibleText(text)).toBe(shown)
})

it.each(['Rook', '🐻 Bär 漢字', 'דוד', 'Zoë & Jiří', '~HALOWICK~', 'a  b', 'प्रिया'])(
  '%s is shown as it is',
  (text) => {
    expect(visibleText(text)).toBe(text)
  },
)

it('the first text of a program is shown like every later one', async () => {
  vi.resetModules()
  const fresh = await import('./visible-text.js')
  for (let texts = 0; texts < 2; texts++)
    expect(fresh.visibleText('a\u200bb\u{e0041}\u001b\u007f')).toBe('a⟨200B⟩b⟨E0041⟩␛␡')
})

it('no two characters look the same, and none is lost', () => {
  const changed = new Map<string, number>()
  for (let block = 0; block < 0x110000; block += 0x100) {
    const characters = Array.from({ length: 0x100 }, (_, index) => String.fromCodePoint(block + index))
    if (visibleText(characters.join('')) === characters.join('')) continue
    for (const [index, character] of characters.entries()) {
      const shown = visibleText(character)
      if (shown === character) continue
      // No visible character looks like a mark.
      const signs = shown.match(/[^0-9A-F]/gu) ?? []
      if (changed.has(shown) || signs.length === 0 || signs.some((sign) => visibleText(sign) === sign))
        throw new Error(`${shown} is no mark of its own`)
      changed.set(shown, block + index)
    }
  }
  expect(changed.size).toBeGreaterThan(4_000)
})

it('a line of a log begins with its time, and is one line whatever the text is', () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
  expect(logLine('altis: Rook\n\u001b[2J', at)).toBe('2026-01-02T03:04:05.006Z altis: Rook␊␛[2J')
})
