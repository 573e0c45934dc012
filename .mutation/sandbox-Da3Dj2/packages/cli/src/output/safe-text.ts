// @ts-nocheck
import { visibleText } from '@bercon/core/visible-text'

/**
 * Text of others for a person, on one line: what cannot be seen, or would control the terminal, becomes a mark, `␛` or
 * `⟨200B⟩`. Texts that differ are shown differently.
 */
export const oneLine: (text: string) => string = visibleText

/** As `oneLine`, but with tabs and line ends as they are. */
export function manyLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\t\n]+/g, oneLine)
}

/** Pictures of controls, and brackets around a number; see `visibleText`. */
const MARK = /[\u2400-\u2426\u27e8\u27e9]/
const COLOR = '\u001b\\[[0-9;]*m'
const COLORS_ISOLATES_OTHERS = new RegExp(`(${COLOR}|[\\u2068\\u2069])|[^ -~\\t\\n]`, 'gu')
const NOT_PLAIN = /[^ -~\n]/gu

function isUnseen(character: string): boolean {
  return oneLine(character) !== character && !MARK.test(character)
}

/** What bercon composed, with its own colors and isolates: marks whatever should have become a mark before. */
export function composed(text: string): string {
  const safe = (found: string, ours: string | undefined) => ours ?? (isUnseen(found) ? oneLine(found) : found)
  return text.replace(COLORS_ISOLATES_OTHERS, safe)
}

/** A value as JSON whose every character can be seen; parsed, it is the same. */
export function jsonOf(value: unknown, indent?: number): string {
  const seen = (character: string) => (isUnseen(character) ? escaped(character) : character)
  return JSON.stringify(value, null, indent).replace(NOT_PLAIN, seen)
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
