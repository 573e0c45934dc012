import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// Texts of servers, files and other programs in the field, with their meaning. The file is beside the repository, if it
// exists.
const FILE = new URL('../../shared/corpus/field.jsonl', import.meta.url)

export type FieldKind = 'message' | 'bans-file' | 'cfg' | 'reforger'

/** One input, and its correct result. */
export interface FieldRow {
  readonly kind: FieldKind
  readonly text: string
  readonly expect: Readonly<Record<string, unknown>>
}

/** The rows of a kind, or `undefined` if the file is not beside the repository. */
export function fieldRows(kind: FieldKind): readonly FieldRow[] | undefined {
  if (!existsSync(FILE)) return undefined
  const rows = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): FieldRow => JSON.parse(line))
  return rows.filter((row) => row.kind === kind)
}

/** Creates a test for each row of a kind; if the file is missing, one that says so. */
export function describeFieldRows(kind: FieldKind, check: (row: FieldRow) => void | Promise<void>): void {
  const rows = fieldRows(kind)
  if (rows === undefined) {
    test(`the rows from the field are not beside this repository: no ${kind} row is tested`, () => {
      console.warn(`no rows from the field at ${FILE.pathname}`)
      expect(rows).toBeUndefined()
    })
    return
  }
  describe(`a ${kind} row from the field`, () => {
    test('exists', () => {
      expect(rows.length).toBeGreaterThan(0)
    })
    test.each(rows.map((row) => [row.text, row] as const))('%j is parsed correctly', (_text, row) =>
      check(row),
    )
  })
}

const BYTES = /^\(bytes, [^)]*\) (.*)$/s
const ESCAPE = /\\x([0-9a-f]{2})|\\r|\\n/gi

/**
 * The bytes that a row's text represents: UTF-8, unless it says `(bytes, UTF-16LE with BOM)`, or contains its bytes as
 * escapes after a `(bytes, …)`.
 */
export function fieldBytes({ text }: Pick<FieldRow, 'text'>): Uint8Array {
  const pattern = BYTES.exec(text)?.[1]
  if (pattern === undefined) return Buffer.from(text)
  const meant = pattern.replace(ESCAPE, (written, hex?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return written === '\\r' ? '\r' : '\n'
  })
  return text.startsWith('(bytes, UTF-16LE')
    ? Buffer.from(`\uFEFF${meant}`, 'utf16le')
    : Buffer.from(meant, 'latin1')
}
