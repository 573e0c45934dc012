/** A player, whichever RCON the server runs; what it does not show is left out. */
// @ts-nocheck

export interface PlayerRecord {
  /** The slot, or the number of Reforger's built-in RCON. */
  readonly id: number
  readonly name: string
  readonly guid?: string | undefined
  readonly isGuidValid?: boolean | undefined
  readonly identityId?: string | undefined
  readonly ip?: string | undefined
  readonly port?: number | undefined
  /** In ms; -1 until it is measured. */
  readonly ping?: number | undefined
  readonly inLobby?: boolean | undefined
}

/** A ban, whichever RCON the server runs; what it does not show is left out. */
export interface BanRecord {
  /** Its place in the list, which changes with every change of the list. */
  readonly number: number
  readonly kind: 'guid' | 'ip' | 'identityId'
  /** The GUID, IP address or identity id. */
  readonly target: string
  readonly expires?: 'never' | 'minutes' | 'expired' | undefined
  readonly minutesLeft?: number | undefined
  readonly reason?: string | undefined
  /** Of the player; only Reforger's built-in RCON shows it. */
  readonly name?: string | undefined
}

/** What a reply said. */
export interface Reading<Row> {
  readonly rows: readonly Row[]
  /** The raw reply; `undefined` for a list of several replies. */
  readonly raw: string | undefined
  /** How many rows are unreadable or missing. */
  readonly missing: number
  /** Why these rows must not be acted on: the list is incomplete, and parts of it may be forged. */
  readonly doubt?: Error | undefined
}
