// @ts-nocheck
import type { BanLine } from '@bercon/arma'
import type { BanRow } from '@bercon/client'
import { isSameReason } from '@bercon/core/kit'
import { endOf } from './ban-end.js'

/** The changes that make the server's list match the file. */
export interface BansPlan {
  readonly adds: readonly BanLine[]
  /** Rows to remove, as listed. */
  readonly removals: readonly BanRow[]
  /** How many stay unchanged. */
  readonly kept: number
  /** How many of the requested bans have expired already. */
  readonly over: number
}

/** How many changes a plan has. */
export function changesIn({ adds, removals }: BansPlan): number {
  return adds.length + removals.length
}

/** The list shows whole minutes, and time passes while it is under way. */
const TOLERANCE_MS = 120_000
/** Whether a row of the list is this ban: same target, same reason, and ends at the same time as far as can be seen. */
function isSameBan(row: BanRow, ban: BanLine, now: number): boolean {
  if (row.target !== ban.target || !haveSameReason(row, ban)) return false
  if (row.expires === 'expired') return false
  const end = endOf(row, now)
  if (end === undefined || ban.expiresAt === undefined) return end === ban.expiresAt
  return Math.abs(end - ban.expiresAt) <= TOLERANCE_MS
}

/** A server keeps 64 bytes of a reason; white space in them is ignored. */
function haveSameReason({ reason: listed }: BanRow, { reason }: BanLine): boolean {
  return isSameReason(listed, reason) || isSameReason(spaced(listed), spaced(reason))
}

/** Without the white space that a list and a file may have otherwise. */
function spaced(reason: string): string {
  return reason.trim().replace(/\s+/g, ' ')
}

/** The bans that have not expired, one for each target: the one that lasts longest. */
function inForce(bans: readonly BanLine[], now: number): ReadonlyMap<string, BanLine> {
  const longest = new Map<string, BanLine>()
  for (const ban of bans) {
    if (lastMoment(ban) <= now) continue
    const other = longest.get(ban.target)
    if (other === undefined || lastMoment(ban) > lastMoment(other)) longest.set(ban.target, ban)
  }
  return longest
}

/** Adds what is missing, by target; what is listed stays as it is. */
export function planImport(rows: readonly BanRow[], bans: readonly BanLine[], now: number): BansPlan {
  const listed = new Set(rows.filter(({ expires }) => expires !== 'expired').map(({ target }) => target))
  const wanted = [...inForce(bans, now).values()]
  const adds = wanted.filter(({ target }) => !listed.has(target))
  return { adds, removals: [], kept: wanted.length - adds.length, over: overIn(bans, now) }
}

/** Makes the list match the bans: adds, removes, and replaces those with another end or reason. */
export function planApply(rows: readonly BanRow[], bans: readonly BanLine[], now: number): BansPlan {
  const missing = new Map(inForce(bans, now))
  const removals: BanRow[] = []
  let kept = 0
  for (const row of rows) {
    if (row.expires === 'expired') continue
    const ban = missing.get(row.target)
    if (ban === undefined || !isSameBan(row, ban, now)) {
      removals.push(row)
      continue
    }
    missing.delete(row.target)
    kept++
  }
  return { adds: [...missing.values()], removals, kept, over: overIn(bans, now) }
}

function lastMoment({ expiresAt = Number.POSITIVE_INFINITY }: BanLine): number {
  return expiresAt
}

function overIn(bans: readonly BanLine[], now: number): number {
  return bans.filter((ban) => lastMoment(ban) <= now).length
}
