import { InvalidArgumentError } from '@bercon/protocol'
import { isSameReason } from '../parsers/ban-reason.js'
import { ask, type Steps } from '../steps.js'
import { banTarget } from './arguments.js'
import { removeBan } from './moderation.js'
import { wholeBans } from './whole-list.js'

/**
 * What became of a ban that was to be removed: `true` when the server replied with nothing, as it usually does, or the
 * text of its reply; `false` when no such ban is listed.
 */
export type Unbanned = boolean | string

/** A ban as a list showed it: a `Ban` is one. */
export interface ListedBan {
  /** The GUID or IP address. */
  readonly id: string
  readonly reason: string
}

/** Removes the ban that has this number now. */
export function* unbanNumber(index: number): Steps<Unbanned> {
  return (yield* ask(removeBan(index))) ?? true
}

/** Removes a ban that was listed before, the one with the lowest number where several are alike. */
export function* unbanListed(ban: ListedBan): Steps<Unbanned> {
  const target = banTarget(ban.id)
  const { reason } = ban
  if (typeof reason !== 'string') throw new InvalidArgumentError('reason', reason, 'a string')
  const { bans: rows } = yield* wholeBans()
  const row = rows.find((each) => isTarget(each.target, target) && isSameReason(each.reason, reason))
  return row === undefined ? false : yield* unbanNumber(row.id)
}

/**
 * Removes every ban of a GUID or IP address. One at a time, from the highest number down, so that the numbers of those
 * that are still to go do not shift; where the server replied to several, each reply is a line.
 */
export function* unbanTarget(target: string): Steps<Unbanned> {
  const { bans: rows } = yield* wholeBans()
  const found = rows.filter((row) => isTarget(row.target, target)).sort((a, b) => b.id - a.id)
  if (found.length === 0) return false
  const replies: string[] = []
  for (const { id } of found) {
    const outcome = yield* unbanNumber(id)
    if (typeof outcome === 'string') replies.push(outcome)
  }
  return replies.length === 0 || replies.join('\n')
}

function isTarget(listed: string, target: string): boolean {
  return listed.toLowerCase() === target.toLowerCase()
}
