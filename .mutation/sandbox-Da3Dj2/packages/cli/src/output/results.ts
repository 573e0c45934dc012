// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { note } from '../report.js'
import type { Reading } from '../server/records.js'
import { formatListing, printListing } from './format-listing.js'
import { type Cell, type Column, type Layout, type Listing, shownCell } from './listing.js'
import { oneLine } from './safe-text.js'
import { print, printExactly } from './terminal.js'

/** Where the results of a command go: standard output, the lines above a prompt, or a stream that servers share. */
export interface Results {
  /** Writes lines for people, with texts of others made safe already; they end with a line feed. */
  readonly write: (text: string) => void
  /** Writes a server's text as it is, but for what a terminal must not get. */
  readonly writeExactly: (text: string) => void
  readonly list: <Row>(listing: Listing<Row>, layout: Layout) => Promise<void>
  /** One line beside the results, for the person. */
  readonly note: (text: string) => void
}

/** The results of one server on standard output, remarks on standard error. */
export const STANDARD_RESULTS: Results = {
  write: print,
  writeExactly: printExactly,
  list: printListing,
  note,
}

/** The results of several servers in one output. */
export interface SharedResults {
  /** For one of them, by its name. */
  readonly of: (server: string) => Results
  /** Writes the output that had to wait for all servers. */
  readonly end: () => Promise<void>
}

interface SharedRow {
  readonly server: string
  readonly cells: ReadonlyMap<string, { readonly value: Cell; readonly shown: string }>
}

const SERVER: Column<SharedRow> = { key: 'server', heading: 'Server', value: ({ server }) => server }

/**
 * Writes what comes from each server when it comes. Only a form that is one document for all (JSON, CSV, Markdown,
 * HTML) is written at the end, with a column `server`.
 */
export function sharedResults(): SharedResults {
  const waiting: { readonly listing: Listing<SharedRow>; readonly layout: Layout }[] = []
  return {
    of: (server) => ({
      write: (text) => print(underName(server, text)),
      writeExactly: (text) => printExactly(underName(server, text)),
      note: (text) => note(`${server}: ${text}`),
      list: async (listing, layout) => {
        const { format } = layout
        const shared = sharedListing(server, listing)
        if (format === 'ndjson') await printListing(shared, layout)
        else if (format === 'table') print(underName(server, await formatListing(listing, layout)))
        else if (format === 'raw') printExactly(underName(server, await formatListing(listing, layout)))
        else waiting.push({ listing: shared, layout })
      },
    }),
    end: async () => {
      const [first] = waiting
      if (first === undefined) return
      const all = waiting.map(({ listing }) => listing)
      const columns = new Map(all.flatMap((listing) => listing.columns.map((column) => [column.key, column])))
      const rows = all.flatMap((listing) => listing.rows)
      const listing = { columns: [...columns.values()], rows, raw: undefined, whenEmpty: '' }
      await printListing(listing, first.layout)
    },
  }
}

/** One line behind the server's name, several below it. */
function underName(server: string, text: string): string {
  const name = oneLine(server)
  return /\n./s.test(text) ? `${name}:\n${text}` : `${name}: ${text === '' ? '\n' : text}`
}

function sharedListing<Row>(server: string, { columns, rows, ...rest }: Listing<Row>): Listing<SharedRow> {
  const cellsOf = (row: Row) =>
    new Map(
      columns.map((column) => [column.key, { value: column.value(row), shown: shownCell(column, row) }]),
    )
  const shared = columns.map(
    ({ value: _value, shown: _shown, ...column }): Column<SharedRow> => ({
      ...column,
      value: ({ cells }) => cells.get(column.key)?.value,
      shown: ({ cells }) => cells.get(column.key)?.shown ?? '',
    }),
  )
  return {
    ...rest,
    columns: [SERVER, ...shared],
    rows: rows.map((row) => ({ server, cells: cellsOf(row) })),
  }
}

const NOTHING_READ = 'No line of the list is readable.'

/** Writes a list in the requested format, and notes missing rows. */
export async function writeReading<Row>(
  { rows, raw, missing, doubt }: Reading<Row>,
  columns: readonly Column<Row>[],
  { results, settings }: { readonly results: Results; readonly settings: Layout },
  whenEmpty: string,
): Promise<number> {
  const isWhole = missing === 0 && doubt === undefined
  await results.list({ columns, rows, raw, whenEmpty: isWhole ? whenEmpty : NOTHING_READ }, settings)
  if (doubt !== undefined) {
    results.note(doubt.message)
    return EXIT.incomplete
  }
  if (isWhole) return EXIT.done
  results.note(`the list is incomplete: ${missing} of its lines cannot be read; --format raw shows them`)
  return EXIT.incomplete
}
