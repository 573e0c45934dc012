/**
 * The signs by which spreadsheets know a formula, with their full-width and small forms, which some turn into them.
 * Before one they skip blanks, and their own quotes and separators.
 */
// @ts-nocheck

const SIGNS = '=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212'
const SKIPPED = '(?:[^\\S\\t\\r\\n]|[\\p{Cf}\\p{Default_Ignorable_Code_Point}",|])*'

// A spreadsheet of another country splits at `;` or a tab inside a cell, too, and makes cells of what follows.
const beginnings = (mark: string) =>
  new RegExp(
    `(?<=^)${mark}('*${SKIPPED})(?=[${SIGNS}\\t\\r\\n])|(?<=[;\\t\\r\\n])${mark}('*${SKIPPED})(?=[${SIGNS}])`,
    'gu',
  )
const FORMULA = beginnings('')
const NEUTRALISED = beginnings("'")

/** A cell of a CSV file without formulas for a spreadsheet: each starts with an apostrophe. */
export function neutralized(cell: string): string {
  return cell.replace(FORMULA, "'$1$2")
}

/** Restores the cell that was passed to `neutralized`. */
export function asItWas(cell: string): string {
  return cell.replace(NEUTRALISED, '$1$2')
}
