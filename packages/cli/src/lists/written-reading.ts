import { EXIT } from '../exit-codes.js'
import type { Column } from '../output/listing.js'
import type { Connected } from '../server/connected.js'
import type { Reading } from '../server/records.js'

const NOTHING_READ = 'No line of the list is readable.'

/** Writes a list in the requested format, and notes missing rows. */
export async function writeReading<Row>(
  { rows, raw, missing, doubt }: Reading<Row>,
  columns: readonly Column<Row>[],
  { results, settings }: Connected,
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
