import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// What servers, files and other programs in the field say, with what is right. It stands beside the repository,
// where it stands at all.
const FILE = new URL('../../shared/corpus/field.jsonl', import.meta.url)

export type FieldKind = 'message' | 'bans-file' | 'cfg' | 'reforger'

/** One input, and what is right about it. */
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

/** Makes a test of each row of a kind; where the file is missing, one that says so. */
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
    test('is there', () => {
      expect(rows.length).toBeGreaterThan(0)
    })
    test.each(rows.map((row) => [row.text, row] as const))('%j is read right', (_text, row) => check(row))
  })
}

const BYTES = /^\(bytes, [^)]*\) (.*)$/s
const ESCAPE = /\\x([0-9a-f]{2})|\\r|\\n/gi

/**
 * The bytes that a row's text stands for: UTF-8, unless it says `(bytes, UTF-16LE with BOM)`, or has its bytes as
 * escapes behind a `(bytes, …)`.
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
