import { ACTION_TEXTS } from './action-output.js'
import { BAN_LIST_PENDING, NO_BANS } from './ban-list-output.js'
import { UUID_PATTERN } from './uuid.js'

/** Servers cut an output at about a kilobyte: a shorter piece that is not the last is a text of its own. */
export const LEAST_FULL_LENGTH = 900

const ROW_BEGINS = new RegExp(`^(?:#?[0-9]{1,10} ([;|]) ${UUID_PATTERN} \\1|- ${UUID_PATTERN} \\|)`)
const TITLE_ENDS = /(?:\[Player Name\]|\| Banned name) *$/
const ROW_NUMBER_AND_UID = 96
const LINE_FEED = 0x0a
// How much of a text must be known to see which one it begins.
const KNOWN_FROM = 512
const LIST_TITLES = ['Players on server:', 'Total bans: ', 'Multiple users found!']
const TEXTS = [
  ...LIST_TITLES,
  ...ACTION_TEXTS,
  BAN_LIST_PENDING,
  NO_BANS,
  'unknown command',
  'Unknown command',
]
const ABOUT_PLAYER = /^Player '(?!.*' (?:kicked|banned)!$)/s

/**
 * Joins the pieces of an output, in order. They can be cut anywhere, also within a character, so only the whole is
 * decoded (W5).
 *
 * A piece that begins with a row's number and UUID, after a complete row, gets the line end that was lost between them
 * (reported by others): no name has room for a number and a UUID. Texts sent as separate messages, such as
 * `Processing ban list` and the list, get one too.
 */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const pieces: Uint8Array[] = []
  let begun = ''
  let lastLine = ''
  let last: Uint8Array | undefined
  for (const chunk of chunks) {
    if (chunk.length === 0) continue
    if (last !== undefined && endsText(last, chunk, begun, lastLine)) {
      pieces.push(Uint8Array.of(LINE_FEED))
      lastLine = ''
      if (!isList(begun)) begun = ''
    }
    pieces.push(chunk)
    last = chunk
    begun += asciiOf(chunk.subarray(0, Math.max(0, KNOWN_FROM - begun.length)))
    const lineAt = chunk.lastIndexOf(LINE_FEED) + 1
    if (lineAt > 0) lastLine = ''
    lastLine += asciiOf(chunk.subarray(lineAt, lineAt + Math.max(0, ROW_NUMBER_AND_UID - lastLine.length)))
  }
  return joined(pieces)
}

/** Whether a line ends between two pieces, of which the second does not begin with a line end. */
function endsText(before: Uint8Array, piece: Uint8Array, begun: string, lastLine: string): boolean {
  if (before.at(-1) === LINE_FEED) return false
  if (isList(begun)) {
    const isWhole = ROW_BEGINS.test(lastLine) || TITLE_ENDS.test(lastLine)
    return isWhole && ROW_BEGINS.test(asciiOf(piece.subarray(0, ROW_NUMBER_AND_UID)))
  }
  return before.length < LEAST_FULL_LENGTH && !isUnfinishedOutput(begun) && !isWithinCharacter(piece)
}

function isList(begun: string): boolean {
  return isListBegun(begun) || ROW_BEGINS.test(begun)
}

/** Whether a text begins like one of the lists, whose rows can be cut anywhere. */
function isListBegun(text: string): boolean {
  return LIST_TITLES.some((title) => text.startsWith(title))
}

/** Whether the received part is the beginning of a known text that is not complete. */
function isUnfinishedOutput(text: string): boolean {
  return ABOUT_PLAYER.test(text) || TEXTS.some((known) => known !== text && known.startsWith(text))
}

/** Whether a piece begins with a UTF-8 continuation byte. */
function isWithinCharacter([first = 0]: Uint8Array): boolean {
  return first >= 0x80 && first < 0xc0
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

/** One character per byte: all patterns are ASCII. */
function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
