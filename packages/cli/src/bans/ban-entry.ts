import { type BanLine, parseBanLine } from '@bercon/arma'
import type { BanRow } from '@bercon/client'

/** A ban in JSON, NDJSON and CSV: `bercon bans` and `bans export` write it, `bans import` and `apply` read it. */
export interface BanEntry {
  readonly kind: BanLine['kind']
  readonly target: string
  /** ISO 8601; null, or empty in CSV, for a ban for ever. */
  readonly expiresAt: string | null
  readonly reason: string
}

/** Its keys, in their order. */
export const BAN_KEYS = ['kind', 'target', 'expiresAt', 'reason'] as const

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
// What bans.txt can hold of an end, in seconds of twelve digits.
const LATEST_MS = 999_999_999_999_000

/** When a listed ban ends, in ms since 1970; nothing where it is for ever. One that is over ends now, for all we know. */
export function endOf(
  {
    expires,
    minutesLeft,
  }: { readonly expires?: BanRow['expires'] | undefined; readonly minutesLeft?: number | undefined },
  now: number,
): number | undefined {
  if (expires === 'expired') return now
  return minutesLeft === undefined ? undefined : Math.min(LATEST_MS, now + minutesLeft * MINUTE_MS)
}

/** An end as entries have it, in whole seconds as `bans.txt` has them. */
export function endText(end: number | undefined): string | null {
  if (end === undefined) return null
  return new Date(Math.ceil(end / SECOND_MS) * SECOND_MS).toISOString().replace('.000Z', 'Z')
}

export function entryOf({ kind, target, expiresAt, reason }: BanLine): BanEntry {
  return { kind, target, expiresAt: endText(expiresAt), reason }
}

/** Reads what an entry should be; `undefined` where it is none. One that has no `expiresAt` must not ban for ever. */
export function readEntry(entry: unknown): BanLine | undefined {
  const { target, expiresAt, reason } = Object(entry)
  const end = expiresAt === null || expiresAt === '' ? undefined : Date.parse(expiresAt)
  const time = end === undefined ? '-1' : String(Math.ceil(end / SECOND_MS))
  // As a line, so that all forms are checked in the same way.
  return parseBanLine(`${target} ${time} ${reason ?? ''}`)
}
