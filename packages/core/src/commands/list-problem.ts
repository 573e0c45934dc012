import { parseAddress } from '../parsers/address.js'
import type { AdminsReply } from '../parsers/admins-reply.js'
import type { BansReply } from '../parsers/bans-reply.js'
import { isGuid } from '../parsers/guid.js'
import type { PlayersReply } from '../parsers/players-reply.js'
import { firstFields } from '../parsers/table-rows.js'
import { signedNumber, wholeNumber } from '../parsers/whole-number.js'

/** Why a list differs from the server's, which every user of it must know. */
export type ListProblem =
  /** The last line is missing, and possibly rows with it. */
  | 'cut-short'
  /** The number of rows differs from that in the last line: a name with a line end can look like a row. */
  | 'wrong-total'
  /** A line is not a row. */
  | 'unreadable-row'
  /** Two rows have the same number. */
  | 'number-twice'

/** What is wrong with a list of players; `undefined` if it is reliable. */
export function playersProblem(reply: PlayersReply): ListProblem | undefined {
  const { players, badRows } = reply
  const rows = players.length + badRows.length
  if (!reply.complete) return 'cut-short'
  if (reply.total !== rows) return 'wrong-total'
  const slots = new Set(badRows.map(joiningSlot))
  if (slots.has(undefined)) return 'unreadable-row'
  for (const { id } of players) slots.add(id)
  return slots.size < rows ? 'number-twice' : undefined
}

/** What is wrong with a list of bans; `undefined` if it is reliable. */
export function bansProblem({ bans, badRows }: BansReply): ListProblem | undefined {
  return problemWithoutTotal(bans, badRows)
}

/** What is wrong with a list of admins; `undefined` if it is reliable. */
export function adminsProblem({ admins, badRows }: AdminsReply): ListProblem | undefined {
  return problemWithoutTotal(admins, badRows)
}

function problemWithoutTotal(
  rows: readonly { readonly id: number }[],
  badRows: readonly string[],
): ListProblem | undefined {
  if (badRows.length > 0) return 'unreadable-row'
  return new Set(rows.map(({ id }) => id)).size < rows.length ? 'number-twice' : undefined
}

const NOT_KNOWN = '-'
const GUID_DIGITS = 32

/**
 * The slot of a row whose address or ping is `-`: a player is there, but the server does not know enough about them.
 * `undefined` for any other unreadable row.
 */
export function joiningSlot(row: string): number | undefined {
  const [digits = '', address = '', ping = '', guid = ''] = firstFields(row, 4)?.fields ?? []
  if (address !== NOT_KNOWN && ping !== NOT_KNOWN) return undefined
  if (address !== NOT_KNOWN && parseAddress(address) === undefined) return undefined
  if (ping !== NOT_KNOWN && signedNumber(ping) === undefined) return undefined
  if (guid !== NOT_KNOWN && !isGuid(guid.slice(0, GUID_DIGITS))) return undefined
  return wholeNumber(digits)
}
