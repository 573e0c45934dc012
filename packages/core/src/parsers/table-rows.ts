import { withoutLineEnd } from './line.js'

const LINE_FEED = '\n'
const CARRIAGE_RETURN = '\r'
const SPACE = ' '
const SPACE_CODE = 0x20

/** The lines of a reply. Only LF and CR LF end a line: a name may contain U+2028, U+0085 and other line ends. */
function linesOf(reply: string): readonly string[] {
  const lines = withoutLineEnd(reply).split(LINE_FEED)
  return reply.includes(CARRIAGE_RETURN) ? lines.map(withoutCarriageReturn) : lines
}

function withoutCarriageReturn(line: string): string {
  return line.endsWith(CARRIAGE_RETURN) ? line.slice(0, -1) : line
}

/**
 * The rows of a reply, all sections together, without titles and column names; `undefined` if the reply does not begin
 * with one of the titles. Skips empty lines and spaces before the first.
 */
export function rowLinesOf(reply: string, ...titles: readonly string[]): readonly string[] | undefined {
  const text = reply.trimStart()
  // Before splitting, because a long reply to another command need not be split.
  if (!titles.some((title) => text.startsWith(title))) return undefined
  const lines = linesOf(text)
  if (!isTitle(lines[0], titles)) return undefined
  const rows: string[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    if (isTitle(line, titles)) {
      at = afterColumns(lines, at + 1)
    } else {
      if (line !== '') rows.push(line)
      at += 1
    }
  }
  return rows
}

function isTitle(line: string | undefined, titles: readonly string[]): boolean {
  for (const title of titles) if (line?.startsWith(title) && line.trimEnd() === title) return true
  return false
}

function afterColumns(lines: readonly string[], at: number): number {
  const names = lines[at]?.startsWith('[#]') ? at + 1 : at
  return lines[names]?.startsWith('---') ? names + 1 : names
}

/** The parsed rows of a table, and the unreadable ones, unchanged. */
export interface Rows<T> {
  readonly rows: readonly T[]
  readonly badRows: readonly string[]
}

/** Parses each row. */
export function readRows<T>(lines: readonly string[], read: (line: string) => T | undefined): Rows<T> {
  const rows: T[] = []
  const badRows: string[] = []
  for (const line of lines) {
    const row = read(line)
    if (row === undefined) badRows.push(line)
    else rows.push(row)
  }
  return { rows, badRows }
}

/** The first fields of a row, and where the last one ends. */
export interface RowFields {
  readonly fields: readonly string[]
  readonly end: number
}

/**
 * The first `count` fields of a row. Wide values shift the columns, so fields are separated by spaces, not by widths.
 */
export function firstFields(line: string, count: number): RowFields | undefined {
  const fields: string[] = []
  let end = 0
  while (fields.length < count) {
    const start = afterSpaces(line, end)
    if (start === line.length) return undefined
    const space = line.indexOf(SPACE, start)
    end = space === -1 ? line.length : space
    fields.push(line.slice(start, end))
  }
  return { fields, end }
}

/** Where the spaces that begin at `from` end. */
export function afterSpaces(line: string, from: number): number {
  let at = from
  while (line.charCodeAt(at) === SPACE_CODE) at += 1
  return at
}
