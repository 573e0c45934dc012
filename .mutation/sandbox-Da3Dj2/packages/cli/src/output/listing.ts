/** The value of one cell; `undefined` is an empty cell, and `null` in JSON. */
// @ts-nocheck

export type Cell = string | number | boolean | undefined

/** One column of a list. */
export interface Column<Row> {
  /** The name in JSON, NDJSON and CSV: it never changes. */
  readonly key: string
  readonly heading: string
  readonly value: (row: Row) => Cell
  /** The text for people, if it differs from the value. */
  readonly shown?: (row: Row) => string
  /** The minimum width in a table; without it the column is never cut. */
  readonly minWidth?: number
  /** An id, useless when cut: a terminal of less than 80 columns shows it whole. */
  readonly isIdentity?: true
  readonly align?: 'right'
  /** Left out of tables, which have to fit a terminal. */
  readonly isDetail?: true
}

/** A list as a command returns it, for every format. */
export interface Listing<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** The server's own text; `undefined` if it is not available in one piece. */
  readonly raw: string | undefined
  /** The text of a table without rows. */
  readonly whenEmpty: string
}

/** Options to write a list. */
export interface Layout {
  readonly format: Format
  /** Whether a table may be wider than the terminal, so that no cell is cut. */
  readonly isWide?: boolean
}

/** The forms in which a list can be written. */
export const FORMATS = ['table', 'json', 'ndjson', 'csv', 'md', 'raw', 'html'] as const
export type Format = (typeof FORMATS)[number]

/** One row as it stands in JSON: every key, in the order of the columns. */
export function recordOf<Row>(columns: readonly Column<Row>[], row: Row): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ key, value }) => [key, value(row) ?? null]))
}

/** One cell as people are shown it, on one line. */
export function shownCell<Row>(column: Column<Row>, row: Row): string {
  return column.shown?.(row) ?? String(column.value(row) ?? '')
}
