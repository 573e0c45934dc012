// @ts-nocheck
import type { TextInput, TextOptions } from '@bercon/core'
import { decodeText } from '@bercon/core/kit'

const BYTE_ORDER_MARK = 0xfeff
const LITTLE_END_FIRST = true

/**
 * Returns the text of a file of bans, without a byte order mark: UTF-8, or UTF-16 with a byte order mark, as PowerShell
 * writes it.
 *
 * @param file - its bytes; a text is returned without its mark.
 * @param options - the encoding of bytes that are neither.
 * @throws {@link InvalidArgumentError} for an unknown encoding.
 */
export function decodeBansFile(file: TextInput, options: TextOptions = {}): string {
  const text = typeof file === 'string' ? file : (utf16Text(file) ?? decodeText(file, options))
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
}

/** UTF-16 in either order, which only a byte order mark shows; `undefined` for a file of another encoding. */
function utf16Text(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const order = [LITTLE_END_FIRST, !LITTLE_END_FIRST].find(
    (each) => view.getUint16(0, each) === BYTE_ORDER_MARK,
  )
  if (order === undefined) return undefined
  const units: string[] = []
  for (let at = 0; at + 1 < bytes.length; at += 2) units.push(String.fromCharCode(view.getUint16(at, order)))
  return units.join('')
}
