// What has no shape of its own, or moves, turns or ends what follows; also blanks that look like a space, or like nothing.
const UNSEEN =
  '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800]'
// What stands for that below. A name with such a mark in it must not look like one with what the mark stands for.
const MARKS = '[\\u2400-\\u2426\\u27e8\\u27e9]'

const NOT_ON_ONE_LINE = new RegExp(`(?! )${UNSEEN}|${MARKS}`, 'gu')
const NOT_ON_MANY_LINES = new RegExp(`(?![ \\t\\n])${UNSEEN}|${MARKS}`, 'gu')
const NOT_IN_JSON = new RegExp(`(?![ \\n])${UNSEEN}`, 'gu')
const COLOURS_AND_ISOLATES = '(\\u001b\\[[0-9;]*m|[\\u2068\\u2069])'
const NOT_COMPOSED = new RegExp(`${COLOURS_AND_ISOLATES}|(?![ \\t\\n])${UNSEEN}`, 'gu')

/**
 * Text of others for a person, on one line: what cannot be seen, or would control the terminal, becomes a mark, `␛` or
 * `⟨200B⟩`. Texts that differ are shown differently.
 */
export function oneLine(text: string): string {
  return text.replace(NOT_ON_ONE_LINE, markOf)
}

/** As `oneLine`, but with tabs and line ends as they are. */
export function manyLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(NOT_ON_MANY_LINES, markOf)
}

/** What bercon composed, with its own colours and isolates: marks whatever should have become a mark before. */
export function composed(text: string): string {
  return text.replace(NOT_COMPOSED, (found, ours: string | undefined) => ours ?? markOf(found))
}

/** A value as JSON whose every character can be seen; parsed, it is the same. */
export function jsonOf(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(NOT_IN_JSON, escaped)
}

/** JSON that a terminal without Unicode can show; parsed, it is the same. */
export function asciiJson(json: string): string {
  return json.replace(NOT_ASCII, escaped)
}

/** Text that a terminal without Unicode can show: each character that it has not becomes `?`, our marks their like. */
export function asciiOf(text: string): string {
  return text.replace(NOT_ASCII, (character) => LIKES[character] ?? likeOf(character))
}

const NOT_ASCII = /\P{ASCII}/gu
const LIKES: Readonly<Record<string, string>> = {
  '…': '~',
  '█': '#',
  '░': '-',
  '⟨': '<',
  '⟩': '>',
  '\u2068': '',
  '\u2069': '',
}

const PICTURES = 0x2400
const PICTURE_OF_DELETE = 0x2421
const DELETE = 0x7f

function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(PICTURES + code)
  if (code === DELETE) return String.fromCodePoint(PICTURE_OF_DELETE)
  return `⟨${code.toString(16).toUpperCase()}⟩`
}

/** `^[` for `␛`. */
function likeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === PICTURE_OF_DELETE) return '^?'
  const control = code - PICTURES
  return control >= 0 && control < 0x20 ? `^${String.fromCodePoint(control + 0x40)}` : '?'
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

/** The blocks of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Keeps text that is written from right to left from turning the columns around it (Unicode's FSI and PDI). */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}
