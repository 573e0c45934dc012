import { strictUtf8, utf8 } from './platform.js'
import { Views } from './views.js'

/**
 * The text in a reply or message: UTF-8, and each byte that is not part of valid UTF-8, only that byte, as
 * Windows-1252 (W6), so that one bad name does not spoil the others. Never throws. Join the parts of a reply first
 * (W5).
 *
 * @example
 * ```ts
 * import { decodeText } from '@bercon/protocol'
 *
 * console.log(decodeText(Uint8Array.of(0xd0, 0x96, 0x20, 0xe9))) // Ж é
 * ```
 */
export function decodeText(bytes: Uint8Array): string {
  // Most replies are empty (W3).
  if (bytes.length === 0) return ''
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return decodeMixed(bytes)
  }
}

// Up to here what the platform's encoder is given costs less than what it would make.
const SHORT_TEXT = 256
// A unit of UTF-16 makes three bytes at the most.
const encoded = new Uint8Array(3 * SHORT_TEXT)
const encodedViews: Views = /* @__PURE__ */ new Views(encoded, 0)

/**
 * The bytes of a text as UTF-8 (W6); a surrogate without its partner becomes U+FFFD.
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

function decodeMixed(bytes: Uint8Array): string {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const length = characterLength(bytes, at)
    text +=
      length === 0 ? windows1252(bytes[at] as number) : String.fromCodePoint(codePoint(bytes, at, length))
    at += length || 1
  }
  return text
}

/** Length of the well-formed UTF-8 character at `at`, or 0 (Unicode, table 3-7). */
function characterLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  if (lead < 0xe0) return isContinuation(second) ? 2 : 0
  // The narrower ranges keep out overlong forms, surrogates, and what is beyond U+10FFFF.
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

// 0x80 to 0x9F of Windows-1252 as the Encoding Standard has it; the rest of its upper half is Latin-1.
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function windows1252(byte: number): string {
  return WINDOWS_1252[byte - 0x80] ?? String.fromCharCode(byte)
}
