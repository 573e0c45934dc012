// @ts-nocheck
import { InvalidArgumentError } from '../errors.js'
import { newDecoder, type StreamDecoder, utf8 } from './platform.js'

/** How bytes are decoded to text. */
export interface TextOptions {
  /**
   * The encoding of bytes that are not UTF-8 (W6): a name that `TextDecoder` knows, of an encoding that leaves ASCII
   * unchanged, such as `windows-1251` for Russian servers. The default decodes each single byte that is not part of
   * UTF-8. Any other encoding decodes each whole run of non-ASCII bytes that is not valid UTF-8, because two of its
   * letters can look like one UTF-8 character.
   * @default 'windows-1252'
   */
  readonly encoding?: string | undefined
}

/** The default encoding of bytes that are not UTF-8. */
export const DEFAULT_ENCODING = 'windows-1252'

/** Decodes bytes that are not UTF-8 at a position: the text, and how many bytes it takes. */
export type Legacy = (bytes: Uint8Array, at: number) => readonly [text: string, length: number]

const known = new Map<string, Legacy>()

/**
 * The decoding function of an encoding.
 *
 * @throws {@link InvalidArgumentError} for a name that this platform does not know, or an encoding that changes ASCII.
 */
export function legacyOf(encoding: string): Legacy {
  const made = known.get(encoding) ?? makeLegacy(encoding)
  known.set(encoding, made)
  return made
}

/**
 * Refuses an encoding that cannot be used for text that is not UTF-8.
 *
 * @throws {@link InvalidArgumentError} for a name that this platform does not know, or an encoding that changes ASCII.
 */
export function checkEncoding(encoding: unknown): asserts encoding is string {
  if (typeof encoding !== 'string') throw refusal(encoding)
  legacyOf(encoding)
}

const SHOWN_LENGTH = 80

function refusal(encoding: unknown): InvalidArgumentError {
  const expected = 'the name of an encoding, such as "windows-1251"'
  if (typeof encoding !== 'string') return new InvalidArgumentError('encoding', encoding, expected)
  const sentence =
    `The encoding ${JSON.stringify(encoding.slice(0, SHOWN_LENGTH))} cannot be used; ` +
    'choose one that TextDecoder supports and that leaves ASCII unchanged, such as "windows-1251"'
  return new InvalidArgumentError('encoding', encoding, expected, sentence)
}

// 0x80 to 0x9F of Windows-1252 as in the Encoding Standard; the rest of the upper half equals Latin-1.
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const FIRST = 0x80
const LAST = 0xff
// The characters that lines consist of; some platforms decode 0x5C and 0x7E of Shift_JIS differently.
// Escape sequences switch the meaning of ASCII in the middle of a line, as in ISO-2022-JP.
const ESCAPED = '\x1b$B!!\x1b(J~\\'
const LINE = 'Player #0 Rook (127.0.0.1:2304) - BE GUID: x'
const LONGEST_CHARACTER = 4

// Not decoded by the platform: Node 20 treats the name as Latin-1.
const windows1252: Legacy = (bytes, at) => {
  const byte = bytes[at] as number
  return [WINDOWS_1252[byte - FIRST] ?? String.fromCharCode(byte), 1]
}

function makeLegacy(encoding: string): Legacy {
  const decoder = decoderOf(encoding)
  if (decoder.encoding === DEFAULT_ENCODING) return windows1252
  const table = Array.from({ length: LAST - FIRST + 1 }, (_, index) =>
    textOf(decoder, Uint8Array.of(index + FIRST)),
  )
  return (bytes, at) => {
    const text = table[(bytes[at] as number) - FIRST] ?? ''
    if (text !== '') return [text, 1]
    // Several bytes can form one character.
    for (let length = 2; length <= LONGEST_CHARACTER; length += 1) {
      const several = textOf(decoder, bytes.subarray(at, at + length))
      if (several !== '') return [several, Math.min(length, bytes.length - at)]
    }
    return ['\uFFFD', 1]
  }
}

function decoderOf(encoding: string): StreamDecoder {
  let decoder: StreamDecoder
  try {
    decoder = newDecoder(encoding)
  } catch {
    throw refusal(encoding)
  }
  for (const text of [LINE, ESCAPED]) if (textOf(decoder, utf8.encode(text)) !== text) throw refusal(encoding)
  return decoder
}

/** The decoded text without an incomplete character at the end. */
function textOf(decoder: StreamDecoder, bytes: Uint8Array): string {
  const text = decoder.decode(bytes, { stream: true })
  decoder.decode()
  return text
}
