// @ts-nocheck
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

function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(PICTURES + code)
  return code === DELETE ? PICTURE_OF_DELETE : `⟨${code.toString(16).toUpperCase()}⟩`
}
