import { stringify } from 'csv-stringify/sync'
import { UsageError } from '../usage-error.js'
import { paletteFor } from './colours.js'
import { type Format, type Listing, recordOf } from './listing.js'
import { formatHtml, formatMarkdown } from './markup-formats.js'
import { formatTable } from './table-format.js'
import { terminalWidth } from './terminal.js'

/** A list in one of the formats, ready to be written. @throws {@link UsageError} where `raw` is not to be had. */
export function formatListing<Row>(listing: Listing<Row>, format: Format): string {
  const { columns, rows, raw } = listing
  const records = () => rows.map((row) => recordOf(columns, row))
  switch (format) {
    case 'table':
      return formatTable(listing, terminalWidth(), paletteFor(process.stdout))
    case 'json':
      return `${JSON.stringify(records(), null, 2)}\n`
    case 'ndjson':
      return records()
        .map((record) => `${JSON.stringify(record)}\n`)
        .join('')
    case 'csv':
      // Players choose their names, and a spreadsheet takes one that begins with `=` for a formula.
      return stringify(records(), {
        header: true,
        columns: columns.map(({ key }) => key),
        escape_formulas: true,
        cast: { boolean: String },
      })
    case 'md':
      return formatMarkdown(listing)
    case 'html':
      return formatHtml(listing)
    case 'raw':
      if (raw === undefined) throw new UsageError('this list has no raw form; take --format json')
      return raw === '' || raw.endsWith('\n') ? raw : `${raw}\n`
  }
}
