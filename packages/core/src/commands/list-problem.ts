import { parseAddress } from '../parsers/address.js'
import type { AdminsReply } from '../parsers/admins-reply.js'
import type { BansReply } from '../parsers/bans-reply.js'
import { isGuid } from '../parsers/guid.js'
import type { PlayersReply } from '../parsers/players-reply.js'
import { firstFields } from '../parsers/table-rows.js'
import { signedNumber, wholeNumber } from '../parsers/whole-number.js'

/** Why a list is not what the server has: every reader of one has to know. */
export type ListProblem =
  /** The last line is missing, and so may rows be. */
  | 'cut-short'
  /** There are more rows or fewer than the last line says: a name with a line end in it can make a row of its own. */
  | 'wrong-total'
  /** A row is none. */
  | 'unreadable-row'
  /** Two rows have the same number. */
  | 'number-twice'

/** What is wrong with a list of players; nothing where it can be relied on. */
export function playersProblem(reply: PlayersReply): ListProblem | undefined {
  const slots = [...reply.players.map(({ id }) => id), ...reply.badRows.map(joiningSlot)]
  if (!reply.complete) return 'cut-short'
  if (reply.total !== slots.length) return 'wrong-total'
  if (slots.includes(undefined)) return 'unreadable-row'
  return new Set(slots).size < slots.length ? 'number-twice' : undefined
}

/** What is wrong with a list of bans, which has no total; nothing where it can be relied on. */
export function bansProblem({ bans, badRows }: BansReply): ListProblem | undefined {
  if (badRows.length > 0) return 'unreadable-row'
  return new Set(bans.map(({ id }) => id)).size < bans.length ? 'number-twice' : undefined
}

/** What is wrong with a list of admins, which has no total; nothing where it can be relied on. */
export function adminsProblem({ admins, badRows }: AdminsReply): ListProblem | undefined {
  if (badRows.length > 0) return 'unreadable-row'
  return new Set(admins.map(({ id }) => id)).size < admins.length ? 'number-twice' : undefined
}

const NOT_KNOWN = '-'
const GUID_DIGITS = 32

/**
 * The slot of a row whose address or ping is `-`: of somebody who is there, and of whom the server does not say enough.
 * Nothing for any other row that could not be read.
 */
export function joiningSlot(row: string): number | undefined {
  const [digits = '', address = '', ping = '', guid = ''] = firstFields(row, 4)?.fields ?? []
  if (address !== NOT_KNOWN && ping !== NOT_KNOWN) return undefined
  if (address !== NOT_KNOWN && parseAddress(address) === undefined) return undefined
  if (ping !== NOT_KNOWN && signedNumber(ping) === undefined) return undefined
  if (guid !== NOT_KNOWN && !isGuid(guid.slice(0, GUID_DIGITS))) return undefined
  return wholeNumber(digits)
}
