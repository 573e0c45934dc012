import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEncoding } from './encoding.js'
import { cutText, decodeText, encodeText } from './text.js'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// 0x80 to 0x9F from the Encoding Standard's index, not the platform's decoder, which on Node 20 decodes Latin-1.
const C1 = [
  0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
  0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0x9d, 0x017e, 0x0178,
]
const windows1252 = (byte: number) => String.fromCharCode(C1[byte - 0x80] ?? byte)

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** W6 in a slow form: the shortest piece that is UTF-8, otherwise one byte as Windows-1252, repeated. */
function decodeSlowly(bytes: Uint8Array): string {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isUtf8(bytes.subarray(at, at + n)))
    const piece = bytes.subarray(at, at + (length ?? 1))
    text += length === undefined ? windows1252(piece[0] as number) : strict.decode(piece)
    at += piece.length
  }
  return text
}

// Lead bytes, continuations and bounds of every kind, so that near misses are common.
const telling = fc.constantFrom(
  ...[0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe9, 0xed, 0xef],
  ...[0xf0, 0xf1, 0xf4, 0xf5, 0xff, 0xbb, 0x00],
)
const mixed = fc.oneof(
  fc.array(telling, { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes)),
  fc.uint8Array({ maxLength: 40 }),
  fc
    .array(fc.oneof(fc.string({ unit: 'binary' }).map(encodeText), fc.uint8Array({ maxLength: 2 })))
    .map((pieces) => Uint8Array.from(pieces.flatMap((piece) => [...piece]))),
)

describe('decodeText', () => {
  it.each([
    ['plain ASCII', 'Player #1 connected'],
    ['Cyrillic', 'привет'],
    ['a byte order mark at the start', '\uFEFFname'],
    ['zero-width joiners and emoji', '👩‍👩‍👧‍👦 🇺🇦'],
    ['control characters', 'a\u0000b\u0007\u0085c'],
    ['nothing', ''],
  ])('keeps valid UTF-8 unchanged: %s (W6)', (_, text) => {
    expect(decodeText(new TextEncoder().encode(text))).toBe(text)
  })

  it('decodes each lone byte as Windows-1252', () => {
    for (let byte = 0x80; byte <= 0xff; byte++) {
      expect(decodeText(Uint8Array.of(byte))).toBe(windows1252(byte))
    }
  })

  it('decodes only the bad bytes as Windows-1252, so that one name does not spoil the others', () => {
    const bytes = Uint8Array.of(
      ...encodeText('Ж '),
      0xe9,
      ...encodeText(' 🙂 '),
      0x80,
      ...encodeText(' \uFEFFё'),
    )
    expect(decodeText(bytes)).toBe('Ж é 🙂 € \uFEFFё')
  })

  it.each([
    ['a character cut at the end', [0xd0, 0xbf, 0xd1], 'пÑ'],
    ['an overlong form', [0xc0, 0xaf], 'À¯'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'í\u00a0€'],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 'ô\u0090€€'],
    ['with a lead that is none', [0xf5, 0x80, 0x80, 0x80], 'õ€€€'],
  ])('decodes %s byte by byte', (_, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text)
  })

  it('agrees with a slow form of W6 on any bytes, and never throws', () => {
    fc.assert(
      fc.property(mixed, (bytes) => {
        expect(decodeText(bytes)).toBe(decodeSlowly(bytes))
      }),
      { numRuns: 1_000 },
    )
  })

  const bytesOf = (hex: string) =>
    Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

  it.each([
    ['windows-1251', 'c8e2e0ed3a206869', 'Иван: hi'],
    ['windows-1251', 'cfb8f2f0', 'Пётр'],
    ['cp1251', 'd0962028c6293a20d0bfd180', 'Ж (Ж): пр'],
    ['koi8-r', 'e9d7c1ce', 'Иван'],
    ['gb18030', 'b5d8cdbc3a20d096', '地图: Ж'],
    ['gbk', 'b53a41', '\uFFFD:A'],
    ['gbk', 'b5', '\uFFFD'],
    ['shift_jis', '83658358835c2e', 'テスソ.'],
    ['utf-8', 'ff41e241', '\uFFFDA\uFFFDA'],
    ['windows-1252', 'e9d096', 'éЖ'],
    ['latin1', '80e9', '€é'],
  ])('decodes bytes that are not UTF-8 as %s if requested: %s', (encoding, hex, text) => {
    expect(decodeText(bytesOf(hex), { encoding })).toBe(text)
  })

  it.each(['', '0a4f4b', '29'])(
    'decodes a truncated UTF-8 character as one if the text can end there: before %j',
    (after) => {
      const cut = bytesOf(`d0bfd180d0b8d1${after}`)
      const [end, rest] = [after === '29' ? 'РёС' : 'иС', new TextDecoder().decode(bytesOf(after))]
      const text = decodeText(cut, { encoding: 'windows-1251' })
      expect(text).toBe(after === '29' ? `РїСЂ${end})` : `пр${end}${rest}`)
    },
  )

  it.each(['nope', '', 'utf-16le', 'iso-2022-jp', 'replacement', 5 as unknown as string])(
    'refuses the encoding %j by name',
    (encoding) => {
      const refused = expect.objectContaining({
        code: 'invalid-argument',
        argument: 'encoding',
        value: encoding,
      })
      expect(() => checkEncoding(encoding)).toThrow(refused)
      expect(() => decodeText(Uint8Array.of(0xff), { encoding })).toThrow(refused)
    },
  )

  it('says which encodings it takes, and shows no more than the beginning of a long name', () => {
    expect(() => checkEncoding(5)).toThrow(
      'encoding must be the name of an encoding, such as "windows-1251", but is 5',
    )
    expect(() => checkEncoding(`nope${'x'.repeat(100)}`)).toThrow(
      `The encoding "nope${'x'.repeat(76)}" cannot be used; ` +
        'choose one that TextDecoder supports and that leaves ASCII unchanged, such as "windows-1251"',
    )
    expect(() => checkEncoding('windows-1251')).not.toThrow()
  })

  it('never throws on any bytes in any encoding, and keeps ASCII in single-byte encodings', () => {
    const encodings = ['windows-1251', 'koi8-r', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'utf-8']
    fc.assert(
      fc.property(mixed, fc.constantFrom(...encodings), (bytes, encoding) => {
        const text = decodeText(bytes, { encoding })
        if (isUtf8(bytes)) expect(text).toBe(strict.decode(bytes))
        const ascii = bytes.filter((byte) => byte < 0x80).length
        if (encoding === 'windows-1251') expect(text.replace(/[^\0-\x7f]/g, '').length).toBe(ascii)
      }),
      { numRuns: 1_000 },
    )
  })

  it('decodes a megabyte of letters beside one bad byte in one pass', () => {
    const bytes = Uint8Array.from([0xff, 0x20, ...encodeText('я'.repeat(2 ** 19))])
    expect(decodeText(bytes, { encoding: 'windows-1251' }).length).toBe(2 ** 19 + 2)
  })

  it('decodes good text after bad text correctly', () => {
    decodeText(Uint8Array.of(0xff, 0xd0))
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0xd0, 0x96))).toBe('\uFEFFЖ')
  })

  it.each(['\u0080', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'])(
    'decodes the first and last characters of each length beside a bad byte: %j',
    (character) => {
      const bytes = Uint8Array.of(...encodeText(character), 0xff)
      expect(decodeText(bytes)).toBe(`${character}ÿ`)
      expect(decodeText(bytes, { encoding: 'windows-1251' })).not.toContain('\uFFFD')
    },
  )

  it.each([
    ['d0'],
    ['c2'],
    ['e2', '82'],
    ['e0', 'a0'],
    ['ef', 'bf'],
    ['f0', '90'],
    ['f0', '9f', '98'],
    ['f4', '8f', 'bf'],
  ])('keeps the UTF-8 before a character that the server has cut: %s %s %s', (...cut) => {
    const end = cut.join('')
    for (const after of ['', '0a4f4b'])
      expect(decodeText(bytesOf(`d096${end}${after}`), { encoding: 'windows-1251' })).toBe(
        `Ж${cyrillic(end)}${cyrillic(after)}`,
      )
  })

  it.each([['c1'], ['f5'], ['80'], ['e08080'], ['f0808080'], ['e28241'], ['e2ff']])(
    'takes the whole for the other encoding if its end is no cut character: %s',
    (end) => {
      const decoded = decodeText(bytesOf(`d096${end}`), { encoding: 'windows-1251' })
      expect(decoded).toBe(cyrillic(`d096${end}`))
    },
  )

  const cyrillic = (hex: string) => new TextDecoder('windows-1251').decode(bytesOf(hex))
})

describe('encodeText', () => {
  it('returns the same bytes as TextEncoder, lone surrogates included', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
        (text) => {
          expect(encodeText(text)).toStrictEqual(new TextEncoder().encode(text))
        },
      ),
    )
  })

  it.each([255, 256, 257, 5_000])(
    'returns the same for %i characters, with and without ASCII only',
    (length) => {
      for (const last of ['z', 'я']) {
        const text = 'a'.repeat(length - 1) + last
        expect(encodeText(text)).toStrictEqual(new TextEncoder().encode(text))
      }
    },
  )

  it('survives a round trip through decodeText', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeText(encodeText(text))).toBe(text)
      }),
    )
  })
})

describe('cutText', () => {
  it.each([
    ['that fits', 'spam', 4, 'spam'],
    ['that is longer', 'spam', 3, 'spa'],
    ['that is shorter than its first character', 'я', 1, ''],
    ['that would be cut within a character of two bytes', 'rя', 2, 'r'],
    ['that would be cut within a character of three bytes', 'r€', 3, 'r'],
    ['that would be cut within a surrogate pair', 'r👾', 4, 'r'],
  ])('returns the beginning of a text %s', (_, text, maxBytes, kept) => {
    expect(cutText(text, maxBytes)).toBe(kept)
  })

  it.each([
    ['\x7f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['\u{10000}', 4],
  ])('counts %j as %i bytes', (character, bytes) => {
    expect(cutText(character, bytes)).toBe(character)
    expect(cutText(character, bytes - 1)).toBe('')
  })

  it('returns the longest beginning of whole characters that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, maxBytes) => {
        const kept = cutText(text, maxBytes)
        const [next = ''] = text.slice(kept.length)
        expect(text.startsWith(kept)).toBe(true)
        expect(encodeText(kept).length).toBeLessThanOrEqual(maxBytes)
        const whole = kept + String.fromCodePoint(text.codePointAt(kept.length) ?? 0)
        if (next !== '') expect(encodeText(whole).length).toBeGreaterThan(maxBytes)
      }),
    )
  })
})
