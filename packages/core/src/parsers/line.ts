import { decodeText, type TextOptions } from '@bercon/protocol'
import { messageWithoutPassword } from '../errors/command-text.js'
import type { KnownNames } from './known-names.js'

/** One server message as the parsers receive it. */
export interface Line {
  /** The text without its line end, which the parsers read. */
  readonly text: string
  /** The text as received, except for a password. */
  readonly raw: string
  readonly known: KnownNames
}

const NUL = 0x00
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * The text without CR, LF and NUL at its end. Spaces are kept: names and empty texts can end in them, as in
 * `RCon admin #1: (To Leon) `.
 */
export function withoutLineEnd(text: string): string {
  let end = text.length
  while (end > 0) {
    const code = text.charCodeAt(end - 1)
    if (code !== NUL && code !== LINE_FEED && code !== CARRIAGE_RETURN) break
    end -= 1
  }
  return text.slice(0, end)
}

/** Creates a line from a message's text. Skips a byte order mark at its start. */
export function readLine(message: string, known: KnownNames): Line {
  const raw = messageWithoutPassword(message)
  const text = withoutLineEnd(raw)
  return { text: text.startsWith('\uFEFF') ? text.slice(1) : text, raw, known }
}

/** A text, or the bytes of one, such as from a capture. */
export type TextInput = string | Uint8Array

/** The text for a parser; bytes are decoded. */
export function textOf(input: TextInput, options: TextOptions): string {
  return typeof input === 'string' ? input : decodeText(input, options)
}
