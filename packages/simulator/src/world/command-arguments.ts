/** The text up to the first space, and all after it. Nothing quotes a space. */
export function takeWord(text: string): readonly [word: string, rest: string] {
  const space = text.indexOf(' ')
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)]
}

/**
 * The first word is read as minutes whatever it is: a reason without minutes loses its first word and bans for ever.
 */
export function takeMinutes(text: string): readonly [minutes: number, reason: string] {
  const [word, reason] = takeWord(text)
  const digits = /^\d{1,9}/.exec(word)
  return [digits === null ? 0 : Number(digits[0]), reason]
}

/** A slot, a ban's number, or a ping; `undefined` for anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
