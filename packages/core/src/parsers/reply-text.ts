import { decodeText, type TextOptions } from '@bercon/protocol'

/** A text, or the bytes of one, such as those of a capture. */
export type TextInput = string | Uint8Array

/** The text that a parser reads; bytes are decoded. */
export function textOf(input: TextInput, options: TextOptions): string {
  return typeof input === 'string' ? input : decodeText(input, options)
}
