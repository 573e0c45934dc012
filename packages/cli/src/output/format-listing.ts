import { UsageError } from '../usage-error.js'
import { neutralized } from './formula-cell.js'
import { type Format, type Layout, type Listing, recordOf } from './listing.js'
import { jsonText, print, printExactly, terminalWidth } from './terminal.js'

/** Writes a list in one of the formats to standard output. @throws {@link UsageError} where `raw` is not to be had. */
export async function printListing<Row>(listing: Listing<Row>, layout: Layout): Promise<void> {
  const text = await formatListing(listing, layout)
  if (isExact(layout.format)) printExactly(text)
  else print(text)
}

/** Whether a format contains foreign text unescaped, so that files and pipes receive every character. */
export function isExact(format: Format): boolean {
  return format === 'raw' || format === 'csv'
}

/** A list in one of the formats, ready to be written. @throws {@link UsageError} if there is no `raw` text. */
export async function formatListing<Row>(
  listing: Listing<Row>,
  { format, isWide = false }: Layout,
): Promise<string> {
  const { columns, rows, raw } = listing
  const records = () => rows.map((row) => recordOf(columns, row))
  switch (format) {
    case 'table': {
      const [{ formatTable }, { paletteFor }] = await Promise.all([
        import('./table-format.js'),
        import('./colors.js'),
      ])
      const shown = { ...listing, columns: columns.filter(({ isDetail }) => isDetail !== true) }
      return formatTable(
        shown,
        isWide ? Number.POSITIVE_INFINITY : terminalWidth(),
        paletteFor(process.stdout),
      )
    }
    case 'json':
      return `${jsonText(records(), 2)}\n`
    case 'ndjson':
      return records()
        .map((record) => `${jsonText(record)}\n`)
        .join('')
    case 'csv': {
      const { stringify } = await import('csv-stringify/sync')
      return stringify(records(), {
        header: true,
        columns: columns.map(({ key }) => key),
        cast: { boolean: String, string: neutralized },
      })
    }
    case 'md':
      return (await import('./markup-formats.js')).formatMarkdown(listing)
    case 'html':
      return (await import('./markup-formats.js')).formatHtml(listing)
    case 'raw':
      if (raw === undefined) throw new UsageError('this list has no raw form; use --format json')
      return raw === '' || raw.endsWith('\n') ? raw : `${raw}\n`
  }
}
