import { Views } from '../wire/bytes.js'
import { DEFAULT_ENCODING, legacyOf, type TextOptions } from './encoding.js'
import { strictUtf8, utf8 } from './platform.js'

/**
 * Decodes the text of a reply or message as UTF-8. Each byte that is not part of valid UTF-8 is decoded by another
 * encoding (W6), so that one bad name does not spoil the others. Never throws on bytes. Join the parts of a reply
 * before you decode it (W5).
 *
 * @throws {@link InvalidArgumentError} for an encoding that does not exist.
 * @example
 * ```ts
 * import { decodeText } from '@bercon/protocol'
 *
 * console.log(decodeText(Uint8Array.of(0xd0, 0x96, 0x20, 0xe9))) // Ж é
 * console.log(decodeText(Uint8Array.of(0xd0, 0x96, 0x20, 0xe9), { encoding: 'windows-1251' })) // Ж й
 * ```
 */
export function decodeText(
  bytes: Uint8Array,
  { encoding = DEFAULT_ENCODING }: TextOptions = NO_OPTIONS,
): string {
  // Most replies are empty (W3).
  if (bytes.length === 0) return ''
  if (bytes.length <= SHORT_ASCII) {
    const text = shortAscii(bytes)
    if (text !== undefined) return text
  }
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return decodeMixed(bytes, encoding)
  }
}

const NO_OPTIONS: TextOptions = {}

// Up to this length the call of the platform's decoder costs more than its work.
const SHORT_ASCII = 32
const codesByLength: number[][] = []

/** The text of a few bytes, `undefined` unless all are ASCII. */
function shortAscii(bytes: Uint8Array): string | undefined {
  const { length } = bytes
  codesByLength[length] ??= Array.from(bytes)
  const codes = codesByLength[length]
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number
    if (byte > 0x7f) return undefined
    codes[at] = byte
  }
  return String.fromCharCode(...codes)
}

// Up to this length encoding into a kept buffer is cheaper than the array that `encode` allocates.
const SHORT_TEXT = 256
// A UTF-16 unit takes at most three bytes.
const encoded = new Uint8Array(3 * SHORT_TEXT)
const encodedViews: Views = /* @__PURE__ */ new Views(encoded, 0)

/**
 * Encodes a text as UTF-8 (W6). A surrogate without its partner becomes U+FFFD.
 *
 * @example
 * ```ts
 * import { encodeText } from '@bercon/protocol'
 *
 * console.log(encodeText('привет').length) // 12
 * ```
 */
export function encodeText(text: string): Uint8Array {
  if (text.length > SHORT_TEXT) return utf8.encode(text)
  return new Uint8Array(encodedViews.to(utf8.encodeInto(text, encoded).written))
}

/**
 * The longest beginning of a text that fits `maxBytes` as UTF-8, without half a character at the end.
 *
 * @example
 * ```ts
 * import { cutText } from '@bercon/protocol'
 *
 * console.log(cutText('привет', 5)) // пр
 * ```
 */
export function cutText(text: string, maxBytes: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += utf8Bytes(character)
    if (bytes > maxBytes) return text.slice(0, end)
    end += character.length
  }
  return text
}

function utf8Bytes(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}

function decodeMixed(bytes: Uint8Array, encoding: string): string {
  const legacy = legacyOf(encoding)
  const goesByRuns = legacy !== legacyOf(DEFAULT_ENCODING)
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const end = runEnd(bytes, at)
    const isLegacy = goesByRuns && !isUtf8Run(bytes, at, end)
    while (at < end) {
      const length = isLegacy ? 0 : characterLength(bytes, at)
      const [read, taken] =
        length === 0 ? legacy(bytes, at) : [String.fromCodePoint(codePoint(bytes, at, length)), length]
      text += read
      at += taken
    }
  }
  return text
}

const LF = 0x0a

/** The end of a run of bytes that are all ASCII, or all not, like the one at `start`. */
function runEnd(bytes: Uint8Array, start: number): number {
  const isAscii = (bytes[start] as number) < 0x80
  let end = start + 1
  while (end < bytes.length && (bytes[end] as number) < 0x80 === isAscii) end += 1
  return end
}

function isUtf8Run(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end) {
    const length = characterLength(bytes, at)
    // A server cuts long texts inside a character: the bytes before the cut are UTF-8 nevertheless.
    if (length === 0) return at > start && isTextEnd(bytes, end) && isCutCharacter(bytes, at, end)
    at += length
  }
  return true
}

function isTextEnd(bytes: Uint8Array, end: number): boolean {
  return end === bytes.length || bytes[end] === LF
}

function isCutCharacter(bytes: Uint8Array, at: number, end: number): boolean {
  const lead = bytes[at] as number
  const whole = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  return end - at < whole && bytes.subarray(at + 1, end).every(isContinuation)
}

/** Length of the well-formed UTF-8 character at `at`, or 0 if there is none (Unicode, table 3-7). */
function characterLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  if (lead < 0xe0) return isContinuation(second) ? 2 : 0
  // The narrower ranges exclude overlong forms, surrogates, and code points above U+10FFFF.
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > most || !isContinuation(bytes[at + 2])) return 0
  if (lead < 0xf0) return 3
  return isContinuation(bytes[at + 3]) ? 4 : 0
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

const LEAD_BITS = { 1: 0x7f, 2: 0x1f, 3: 0x0f, 4: 0x07 } as const

function codePoint(bytes: Uint8Array, at: number, length: 1 | 2 | 3 | 4): number {
  let point = (bytes[at] as number) & LEAD_BITS[length]
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] as number) & 0x3f)
  return point
}
