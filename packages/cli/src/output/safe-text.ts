const TAB = 0x09
const LF = 0x0a
const DELETE = 0x7f
const PICTURES = 0x2400
const PICTURE_OF_DELETE = '\u2421'

/**
 * A server's text for a terminal, on one line: control characters, which could move the cursor or change the title, are
 * shown as pictures of themselves; marks that turn the direction of what follows are left out.
 */
export function oneLine(text: string): string {
  return visible(text, () => false)
}

/** As `oneLine`, but with tabs and line feeds as they are. */
export function manyLines(text: string): string {
  return visible(text, (code) => code === TAB || code === LF)
}

function visible(text: string, isKept: (code: number) => boolean): string {
  let safe = ''
  for (const character of text.replace(/\r\n/g, '\n').replace(DIRECTION_MARKS, '')) {
    const code = character.codePointAt(0) ?? 0
    if (isKept(code)) safe += character
    else if (code < 0x20) safe += String.fromCodePoint(PICTURES + code)
    else if (code === DELETE) safe += PICTURE_OF_DELETE
    else if (code > DELETE && code < 0xa0) safe += '\ufffd'
    else safe += LINE_SEPARATORS.has(code) ? ' ' : character
  }
  return safe
}

const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g
const LINE_SEPARATORS: ReadonlySet<number> = new Set([0x2028, 0x2029])

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Keeps text that is written from right to left from turning the columns around it (Unicode's FSI and PDI). */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}
