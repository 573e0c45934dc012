/** The largest id that BattlEye can print: it uses signed 32-bit numbers. */
export const MAX_ID = 2_147_483_647

const ZERO = 0x30

// Enough for every number below 2^53, and a limit on the cost of a hostile line.
const MAX_DIGITS = 16

/** A number found in a text, and the position after it. */
export interface FoundNumber {
  readonly value: number
  readonly end: number
}

/** The whole number in digits at `from`; `undefined` if there is none or it exceeds `max`. */
export function wholeNumberAt(text: string, from: number, max: number = MAX_ID): FoundNumber | undefined {
  let end = from
  let value = 0
  for (let code = text.charCodeAt(end); isDigit(code); code = text.charCodeAt(end)) {
    // Exact below 2^53, as every limit is; without the brackets, a number next to it is not.
    value = value * 10 + (code - ZERO)
    end += 1
    if (end - from > MAX_DIGITS) return undefined
  }
  return end > from && value <= max ? { value, end } : undefined
}

/** The whole number that the text consists of. */
export function wholeNumber(text: string, max: number = MAX_ID): number | undefined {
  const found = wholeNumberAt(text, 0, max)
  return found?.end === text.length ? found.value : undefined
}

/** The whole number, with an optional minus sign, that the text consists of. */
export function signedNumber(text: string): number | undefined {
  if (!text.startsWith('-')) return wholeNumber(text)
  const value = wholeNumber(text.slice(1))
  return value && -value
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9
}
