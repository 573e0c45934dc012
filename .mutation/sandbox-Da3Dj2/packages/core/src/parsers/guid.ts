// @ts-nocheck
const GUID = /^[0-9a-fA-F]{32}$/
// The server prints `(-)` for a GUID it does not know yet; `()` has been reported.
const BRACKETED_GUID_AT_END = / \(([0-9a-fA-F]{32}|-?)\)$/
const BRACKETED_LENGTH = 35

/** Whether the text is a BattlEye GUID: 32 hexadecimal digits. */
export function isGuid(text: string): boolean {
  return GUID.test(text)
}

/** A GUID in brackets, and the position of the space before it. */
export interface BracketedGuid {
  readonly start: number
  /** In lower case; `undefined` for `(-)` and `()`. */
  readonly guid: string | undefined
}

/** The ` (GUID)` that ends at `end`, if there is one. */
export function bracketedGuidBefore(text: string, end: number): BracketedGuid | undefined {
  const found = BRACKETED_GUID_AT_END.exec(text.slice(Math.max(0, end - BRACKETED_LENGTH), end))
  if (found === null) return undefined
  const guid = found[1]?.toLowerCase()
  return { start: end - found[0].length, guid: guid === '' || guid === '-' ? undefined : guid }
}
