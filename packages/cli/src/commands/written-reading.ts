import { EXIT } from '../exit-codes.js'
import { printListing } from '../output/format-listing.js'
import type { Column, Layout } from '../output/listing.js'
import { note } from '../report.js'
import type { Reading } from '../server/records.js'

/** Writes a list in the format asked for, and says when rows of it are missing. */
export async function writeReading<Row>(
  { rows, raw, missing, doubt }: Reading<Row>,
  columns: readonly Column<Row>[],
  layout: Layout,
  whenEmpty: string,
): Promise<number> {
  await printListing({ columns, rows, raw, whenEmpty }, layout)
  if (doubt !== undefined) {
    note(doubt.message)
    return EXIT.incomplete
  }
  if (missing === 0) return EXIT.done
  note(`the list is incomplete: ${missing} of its lines could not be read; --format raw shows them`)
  return EXIT.incomplete
}
