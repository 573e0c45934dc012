import type { Format } from '../output/listing.js'
import type { ConnectionFlags } from '../settings/settings.js'

/** The flags of a command that puts something out. */
export interface ListFlags extends ConnectionFlags {
  readonly format: Format
  /** A database of countries. */
  readonly geoip?: string
}
