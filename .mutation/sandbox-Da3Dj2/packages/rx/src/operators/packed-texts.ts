// @ts-nocheck
import { utf8Length } from '@bercon/core/kit'

/** Separates two texts that are sent as one. */
const SEPARATOR = ' | '

/** Joins texts, in order, into as few as they fit; one that is too long by itself is cut between two characters. */
export function packedTexts(texts: readonly string[], maxBytes: number): readonly string[] {
  const packed: string[] = []
  let last: string | undefined
  for (const text of texts.flatMap((text) => cut(text, maxBytes))) {
    const joined: string = last === undefined ? text : last + SEPARATOR + text
    if (last !== undefined && utf8Length(joined) <= maxBytes) {
      last = joined
      continue
    }
    if (last !== undefined) packed.push(last)
    last = text
  }
  return last === undefined ? packed : [...packed, last]
}

function cut(text: string, maxBytes: number): readonly string[] {
  if (utf8Length(text) <= maxBytes) return [text]
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of text) {
    const length = utf8Length(character)
    if (bytes + length > maxBytes) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += character
    bytes += length
  }
  return [...pieces, piece]
}
