// @ts-nocheck
import { InvalidArgumentError } from '@bercon/protocol'
import { isSameReason } from '../parsers/ban-reason.js'
import { ask, type Steps } from '../steps.js'
import { banTarget } from './arguments.js'
import { removeBan } from './moderation.js'
import { wholeBans } from './whole-list.js'

/**
 * The result of removing a ban: `true` after an empty reply, the usual one; the text of any other reply; `false` if no
 * such ban is listed.
 */
export type Unbanned = boolean | string

/** A ban from a list, such as a `Ban`. */
export interface ListedBan {
  /** The GUID or IP address. */
  readonly id: string
  readonly reason: string
}

/** Removes the ban that has this number now. */
export function* unbanNumber(index: number): Steps<Unbanned> {
  return (yield* ask(removeBan(index))) ?? true
}

/** Removes a ban that was listed before, the one with the lowest number if several are the same. */
export function* unbanListed(ban: ListedBan): Steps<Unbanned> {
  const target = banTarget(ban.id)
  const { reason } = ban
  if (typeof reason !== 'string') throw new InvalidArgumentError('reason', reason, 'a string')
  const { bans: rows } = yield* wholeBans()
  const row = rows.find((each) => isTarget(each.target, target) && isSameReason(each.reason, reason))
  return row === undefined ? false : yield* unbanNumber(row.id)
}

/**
 * Removes every ban of a GUID or IP address. One at a time, from the highest number down, so that the remaining numbers
 * do not shift. If the server replies to several, each reply is a line of the result.
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
