import { UUID_PATTERN } from './uuid.js'

const ROW_BEGINS = new RegExp(`^#?[0-9]{1,10} ([;|]) ${UUID_PATTERN} \\1`)
const ROW_NUMBER_AND_UID = 96
const LINE_FEED = 0x0a

/**
 * Puts the pieces of an output together as they are, in order. They are cut anywhere, also within a character, so that
 * only the whole is text (W5).
 *
 * A piece that begins with a whole row's number and UUID, behind a row that is whole as well, is given the line end that
 * was lost between them (reported by others): no name has room for a number and a UUID.
 */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const pieces: Uint8Array[] = []
  let lastLine = ''
  for (const chunk of chunks) {
    if (ROW_BEGINS.test(lastLine) && ROW_BEGINS.test(asciiOf(chunk.subarray(0, ROW_NUMBER_AND_UID)))) {
      pieces.push(Uint8Array.of(LINE_FEED))
      lastLine = ''
    }
    pieces.push(chunk)
    const lineAt = chunk.lastIndexOf(LINE_FEED) + 1
    const begun = lineAt === 0 ? lastLine : ''
    lastLine =
      begun + asciiOf(chunk.subarray(lineAt, lineAt + Math.max(0, ROW_NUMBER_AND_UID - begun.length)))
  }
  return joined(pieces)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** One character for each byte: all that is looked for is ASCII. */
function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
