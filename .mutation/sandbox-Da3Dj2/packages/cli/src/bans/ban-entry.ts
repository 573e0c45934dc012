// @ts-nocheck
import { type BanLine, parseBanLine } from '@bercon/arma'
import { endText } from './ban-end.js'

/** A ban in JSON, NDJSON and CSV: `bercon bans` and `bans export` write it, `bans import` and `apply` read it. */
export interface BanEntry {
  readonly kind: BanLine['kind']
  readonly target: string
  /** ISO 8601; null, or empty in CSV, for a permanent ban. */
  readonly expiresAt: string | null
  readonly reason: string
}

/** Its keys, in order. */
export const BAN_KEYS = ['kind', 'target', 'expiresAt', 'reason'] as const

const SECOND_MS = 1_000

export function entryOf({ kind, target, expiresAt, reason }: BanLine): BanEntry {
  return { kind, target, expiresAt: endText(expiresAt), reason }
}

/** Reads an entry; `undefined` if it is not one. An entry without `expiresAt` must not become a permanent ban. */
export function readEntry(entry: unknown): BanLine | undefined {
  const { target, expiresAt, reason } = Object(entry)
  const end = expiresAt === null || expiresAt === '' ? undefined : Date.parse(expiresAt)
  const time = end === undefined ? '-1' : String(Math.ceil(end / SECOND_MS))
  // As a line, so that all forms are checked in the same way.
  return parseBanLine(`${target} ${time} ${reason ?? ''}`)
}
