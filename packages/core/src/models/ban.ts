import { unbanRow } from '../commands/unban.js'
import type { CallOptions } from '../connection/connection.js'
import type { BanRow } from '../parsers/bans-reply.js'
import type { Kind, Performer, Result } from '../performer.js'

/** A ban as the server listed it at a moment. `JSON.stringify(ban)` is its data. */
export class Ban<K extends Kind = Kind> {
  /** The number in the list; it changes whenever the list does. */
  readonly index: number
  /** The GUID or IP address. */
  readonly id: string
  readonly kind: 'guid' | 'ip'
  /** Nothing for a ban for ever, and for one that has expired. */
  readonly minutesLeft: number | undefined
  readonly isPermanent: boolean
  /** Over, but still listed: the server drops it when it writes its file. */
  readonly isExpired: boolean
  readonly reason: string
  readonly #performer: Performer<K>
  readonly #row: BanRow

  constructor(performer: Performer<K>, row: BanRow) {
    this.#performer = performer
    this.#row = row
    this.index = row.id
    this.id = row.target
    this.kind = row.kind
    this.minutesLeft = row.minutesLeft
    this.isPermanent = row.expires === 'never'
    this.isExpired = row.expires === 'expired'
    this.reason = row.reason
  }

  /**
   * Lifts the ban; `false` when it is not listed any more. Reads the list again first, because numbers shift, and
   * takes the row with the same target and reason, the lowest if there are several.
   */
  unban(options?: CallOptions): Result<K, boolean> {
    return this.#performer.perform(() => unbanRow(this.#row), options)
  }

  /** The GUID or IP address. */
  toString(): string {
    return this.id
  }
}
