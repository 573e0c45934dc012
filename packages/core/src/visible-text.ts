// Characters without a shape of their own, or that move, reverse or end the text after them; unusual blanks; and the
// marks themselves, so that a text with a mark differs from one with the marked character.
// Made when it is needed: its classes take half a millisecond to compile, and every start of a client would pay it.
const NOT_SHOWN =
  '(?! )[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800\\u2400-\\u2426\\u27e8\\u27e9]'
let notShown: RegExp | undefined

const PICTURES = 0x2400
const PICTURE_OF_DELETE = '\u2421'
const DELETE = 0x7f

/**
 * Makes text from the server safe to show on one line. Players choose their names, and in a terminal an escape sequence
 * in a name clears the screen or writes the clipboard.
 *
 * Control characters become their pictures (`␛`); every other invisible character becomes its number (`⟨200B⟩`):
 * direction marks, zero-width characters, soft hyphens, tags, unusual blanks. Different texts stay different.
 *
 * @example
 * ```ts
 * import { visibleText } from '@bercon/core'
 *
 * console.log(visibleText('Ro\u200bok\u001b[2J')) // Ro⟨200B⟩ok␛[2J
 * ```
 */
export function visibleText(text: string): string {
  notShown ??= new RegExp(NOT_SHOWN, 'gu')
  return text.replace(notShown, markOf)
}

/**
 * One line of a program's log: when it happened, in UTC, then the text, safe to show.
 *
 * @param at - the time, in ms since 1970.
 *
 * @example
 * ```ts
 * import { logLine } from '@bercon/core/visible-text'
 *
 * console.log(logLine('altis: logged in', 0)) // 1970-01-01T00:00:00.000Z altis: logged in
 * ```
 */
export function logLine(text: string, at: number): string {
  return `${new Date(at).toISOString()} ${visibleText(text)}`
}

function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(PICTURES + code)
  return code === DELETE ? PICTURE_OF_DELETE : `⟨${code.toString(16).toUpperCase()}⟩`
}
