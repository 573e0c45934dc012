// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { type Address, parseAddress } from './address.js'
import { type TextInput, textOf } from './line.js'
import { afterSpaces, firstFields, readRows, rowLinesOf } from './table-rows.js'
import { wholeNumber } from './whole-number.js'

/** One row of `admins`. */
export interface AdminRow extends Address {
  readonly id: number
}

/** An RCON client that is logged in. */
export type Admin = AdminRow

/** The reply to `admins`. */
export interface AdminsReply {
  readonly type: 'admins'
  /** In the server's order. */
  readonly admins: readonly AdminRow[]
  /** The unreadable rows, unchanged. */
  readonly badRows: readonly string[]
}

/**
 * Parses the reply to `admins`; `undefined` if it is something else.
 *
 * @param options - for a reply that is passed as bytes.
 * @throws {@link InvalidArgumentError} for an encoding that does not exist.
 * @example
 * ```ts
 * import { parseAdmins } from '@bercon/core'
 *
 * console.log(parseAdmins('Connected RCon admins:\n0 192.0.2.44:50960')?.admins.length) // 1
 * ```
 */
export function parseAdmins(reply: TextInput, options: TextOptions = {}): AdminsReply | undefined {
  const lines = rowLinesOf(textOf(reply, options), 'Connected RCon admins:')
  if (lines === undefined) return undefined
  const { rows: admins, badRows } = readRows(lines, parseRow)
  return { type: 'admins', admins, badRows }
}

function parseRow(line: string): AdminRow | undefined {
  const found = firstFields(line, 2)
  if (found === undefined || afterSpaces(line, found.end) < line.length) return undefined
  const [digits = '', place = ''] = found.fields
  const id = wholeNumber(digits)
  const address = parseAddress(place)
  return id === undefined || address === undefined ? undefined : { id, ...address }
}

/** The admins of a reply, ordered by number. */
export function adminsInOrder({ admins }: AdminsReply): readonly Admin[] {
  return [...admins].sort((a, b) => a.id - b.id)
}
