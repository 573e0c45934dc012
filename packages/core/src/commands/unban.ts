import { isSameReason } from '../parsers/ban-reason.js'
import type { BanRow } from '../parsers/bans-reply.js'
import { ask, type Steps } from '../steps.js'
import { removeBan } from './moderation.js'
import { wholeBans } from './whole-list.js'

/** Lifts the first ban that matches, by the number that it has now; `false` when none does. */
function* unbanFirst(matches: (row: BanRow) => boolean): Steps<boolean> {
  const { bans: rows } = yield* wholeBans()
  const row = rows.find(matches)
  if (row === undefined) return false
  yield* ask(removeBan(row.id))
  return true
}

/** Lifts a ban that was listed before. */
export function unbanRow({ kind, target, reason }: BanRow): Steps<boolean> {
  return unbanFirst((row) => row.kind === kind && row.target === target && isSameReason(row.reason, reason))
}

/**
 * Lifts every ban of a GUID or IP address; `false` when there is none. One at a time, from the highest number down, so
 * that the numbers of those that are still to go do not shift.
 */
export function* unbanTarget(target: string): Steps<boolean> {
  const { bans: rows } = yield* wholeBans()
  const found = rows
    .filter((row) => row.target.toLowerCase() === target.toLowerCase())
    .sort((a, b) => b.id - a.id)
  for (const row of found) yield* ask(removeBan(row.id))
  return found.length > 0
}
