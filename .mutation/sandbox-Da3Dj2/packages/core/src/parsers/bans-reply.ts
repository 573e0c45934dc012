// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { isIpAddress } from './address.js'
import { isGuid } from './guid.js'
import { type TextInput, textOf } from './line.js'
import { afterSpaces, firstFields, readRows, rowLinesOf } from './table-rows.js'
import { wholeNumber } from './whole-number.js'

/** One row of `bans`. */
export interface BanRow {
  /** The number that `removeBan` takes. It changes whenever the list does, so read the list right before. */
  readonly id: number
  readonly kind: 'guid' | 'ip'
  /** The GUID in lower case, or the IP address. */
  readonly target: string
  /** `expired` bans stay listed until the server writes its file. */
  readonly expires: 'never' | 'minutes' | 'expired'
  /** Set if `expires` is `minutes`; 0 means less than a minute, not permanent. */
  readonly minutesLeft: number | undefined
  /** Without leading spaces, which look the same as the column's padding. */
  readonly reason: string
}

/** The reply to `bans`. */
export interface BansReply {
  readonly type: 'bans'
  readonly bans: readonly BanRow[]
  /** The unreadable rows, unchanged. */
  readonly badRows: readonly string[]
}

/**
 * Parses the reply to `bans`; `undefined` if it is something else, such as an empty reply.
 *
 * @param options - for a reply that is passed as bytes.
 * @throws {@link InvalidArgumentError} for an encoding that does not exist.
 * @example
 * ```ts
 * import { parseBans } from '@bercon/core'
 *
 * const reply = 'GUID Bans:\n\nIP Bans:\n0  192.0.2.166     90   spam'
 * console.log(parseBans(reply)?.bans[0]?.minutesLeft) // 90
 * ```
 */
export function parseBans(reply: TextInput, options: TextOptions = {}): BansReply | undefined {
  const lines = rowLinesOf(textOf(reply, options), 'GUID Bans:', 'IP Bans:')
  if (lines === undefined) return undefined
  const { rows: bans, badRows } = readRows(lines, parseRow)
  return { type: 'bans', bans, badRows }
}

const FOR_EVER = 'perm'
const EXPIRED = '-'

function parseRow(line: string): BanRow | undefined {
  const found = firstFields(line, 3)
  if (found === undefined) return undefined
  const [digits = '', target = '', left = ''] = found.fields
  const id = wholeNumber(digits)
  const kind = kindOf(target)
  const expires = expiryOf(left)
  const minutesLeft = expires === 'minutes' ? wholeNumber(left, Number.MAX_SAFE_INTEGER) : undefined
  if (id === undefined || kind === undefined) return undefined
  if (expires === 'minutes' && minutesLeft === undefined) return undefined
  const reason = line.slice(afterSpaces(line, found.end))
  return { id, kind, target: kind === 'guid' ? target.toLowerCase() : target, expires, minutesLeft, reason }
}

// The section states it too, but the two forms cannot be confused.
function kindOf(target: string): BanRow['kind'] | undefined {
  if (isGuid(target)) return 'guid'
  return isIpAddress(target) ? 'ip' : undefined
}

function expiryOf(left: string): BanRow['expires'] {
  if (left === FOR_EVER) return 'never'
  return left === EXPIRED ? 'expired' : 'minutes'
}
