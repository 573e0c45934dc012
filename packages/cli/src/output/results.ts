import { note } from '../report.js'
import { printListing } from './format-listing.js'
import type { Layout, Listing } from './listing.js'
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
