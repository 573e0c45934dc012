// @ts-nocheck
import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import type { Palette } from './colors.js'
import type { Column, Listing } from './listing.js'
import { shownCell } from './listing.js'
import { isolated, oneLine } from './safe-text.js'
import { cellText } from './terminal.js'

const GAP = '  '
/** A terminal with fewer columns has no room for an id beside what belongs to it. */
const NARROW = 80

/** A list as a table that is no wider than `width`; where no table fits, each row as a small list of its own. */
export function formatTable<Row>(listing: Listing<Row>, width: number, palette: Palette): string {
  const { columns, rows, whenEmpty } = listing
  if (rows.length === 0) return `${oneLine(whenEmpty)}\n`
  const cells = rows.map((row) => columns.map((column) => cellText(shownCell(column, row))))
  const widths = fitted(columns, cells, width)
  if (widths === undefined) return formatBlocks(columns, cells, width, palette)
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => padded(text, widths[index] ?? 0, columns[index]?.align))
      .join(GAP)
      .trimEnd()
  const heading = palette.bold(line(columns.map((column) => column.heading)))
  return `${[heading, ...cells.map(line)].join('\n')}\n`
}

/** The widths of the columns: as wide as they need, or the widest of those that may be cut made narrower. */
function fitted<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  width: number,
): readonly number[] | undefined {
  const widths = columns.map(({ heading }, index) =>
    cells.reduce((widest, row) => Math.max(widest, stringWidth(row[index] ?? '')), stringWidth(heading)),
  )
  const cuttable = columns.map(({ isIdentity, minWidth }) =>
    width < NARROW && isIdentity ? undefined : minWidth,
  )
  let excess = widths.reduce((sum, each) => sum + each, GAP.length * (columns.length - 1)) - width
  while (excess > 0) {
    const widest = widestOf(cuttable, widths)
    if (widest === undefined) return undefined
    widths[widest] = (widths[widest] ?? 0) - 1
    excess--
  }
  return widths
}

function widestOf(minWidths: readonly (number | undefined)[], widths: readonly number[]): number | undefined {
  let widest: number | undefined
  for (const [index, minWidth = Number.POSITIVE_INFINITY] of minWidths.entries()) {
    const width = widths[index] ?? 0
    if (width > minWidth && (widest === undefined || width > (widths[widest] ?? 0))) widest = index
  }
  return widest
}

function padded(text: string, width: number, align: 'right' | undefined): string {
  const cut = cutTo(text, width)
  const spaces = ' '.repeat(Math.max(0, width - stringWidth(cut)))
  return align === 'right' ? spaces + isolated(cut) : isolated(cut) + spaces
}

function cutTo(text: string, width: number): string {
  return stringWidth(text) <= width ? text : cliTruncate(text, Math.max(1, width))
}

function formatBlocks<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  width: number,
  palette: Palette,
): string {
  const headingWidth = Math.max(...columns.map(({ heading }) => stringWidth(heading)))
  const blocks = cells.map((row) =>
    columns
      .map(({ heading, isIdentity }, index) => {
        const text = row[index] ?? ''
        const room = width - headingWidth - GAP.length
        // On a line of its own it can still be copied in one piece.
        if (isIdentity && stringWidth(text) > room) return `${palette.bold(heading)}\n${below(text, width)}`
        const label = palette.bold(padded(heading, headingWidth, undefined))
        return `${label}${GAP}${isolated(cutTo(text, room))}`.trimEnd()
      })
      .join('\n'),
  )
  return `${blocks.join('\n\n')}\n`
}

/** As far to the right as the heading's gap, where there is room for that. */
function below(text: string, width: number): string {
  return ' '.repeat(Math.max(0, Math.min(GAP.length, width - stringWidth(text)))) + text
}
