// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { parseAddress } from './address.js'
import { isGuid } from './guid.js'
import { type TextInput, textOf } from './line.js'
import { firstFields, readRows, rowLinesOf } from './table-rows.js'
import { signedNumber, wholeNumber } from './whole-number.js'

/** One row of `players`. */
export interface PlayerRow {
  /** The slot. Slots have gaps, are not always in order, and exceed 1,000 on busy servers. */
  readonly id: number
  readonly ip: string
  readonly port: number
  /** In milliseconds; -1 until it is measured. */
  readonly ping: number
  /** `undefined` until the server knows it. */
  readonly guid: string | undefined
  /** `ok` is verified; `undefined` without a GUID, or for a GUID without a remark. */
  readonly guidStatus: 'ok' | 'unverified' | undefined
  readonly name: string
  /** A player in the game called `X (Lobby)` looks the same as `X` in the lobby, and is parsed as that. */
  readonly lobby: boolean
}

/** The reply to `players`. */
export interface PlayersReply {
  readonly type: 'players'
  readonly players: readonly PlayerRow[]
  /** The unreadable rows, unchanged. */
  readonly badRows: readonly string[]
  /** The number in the last line, `(3 players in total)`; `undefined` if the reply ends before it. */
  readonly total: number | undefined
  /** Whether the total equals the number of `players`; `undefined` without a total. */
  readonly totalMatches: boolean | undefined
  /** Whether the last line is present. Without it the reply was truncated, and possibly its last row too. */
  readonly complete: boolean
}

/**
 * Parses the reply to `players`; `undefined` if it is something else, such as an empty reply.
 *
 * @param options - for a reply that is passed as bytes.
 * @throws {@link InvalidArgumentError} for an encoding that does not exist.
 * @example
 * ```ts
 * import { parsePlayers } from '@bercon/core'
 *
 * const reply = 'Players on server:\n0   192.0.2.7:2304        31   - Rook (Lobby)\n(1 players in total)'
 * console.log(parsePlayers(reply)?.players[0]?.name) // Rook
 * ```
 */
export function parsePlayers(reply: TextInput, options: TextOptions = {}): PlayersReply | undefined {
  const lines = rowLinesOf(textOf(reply, options), 'Players on server:')
  if (lines === undefined) return undefined
  // Only the last line can be the total, because a player can have a name like it.
  const total = parseTotal(lines.at(-1))
  const complete = total !== undefined
  const { rows: players, badRows } = readRows(complete ? lines.slice(0, -1) : lines, parseRow)
  const totalMatches = complete ? total === players.length : undefined
  return { type: 'players', players, badRows, total, totalMatches, complete }
}

const TOTAL = /^\(([0-9]{1,10}) players? in total\)$/

function parseTotal(line: string | undefined): number | undefined {
  const digits = line === undefined ? undefined : TOTAL.exec(line.trimEnd())?.[1]
  return digits === undefined ? undefined : wholeNumber(digits)
}

const LOBBY = ' (Lobby)'

function parseRow(line: string): PlayerRow | undefined {
  const found = firstFields(line, 4)
  if (found === undefined) return undefined
  const [digits = '', place = '', pingField = '', guidField = ''] = found.fields
  const id = wholeNumber(digits)
  const address = parseAddress(place)
  const ping = signedNumber(pingField)
  const identity = parseGuidField(guidField)
  if (id === undefined || address === undefined || ping === undefined || identity === undefined)
    return undefined

  const shown = line.slice(found.end + gapBeforeName(line, found.end, identity.guidStatus))
  const lobby = shown.endsWith(LOBBY)
  return {
    id,
    ip: address.ip,
    port: address.port,
    ping,
    guid: identity.guid,
    guidStatus: identity.guidStatus,
    name: lobby ? shown.slice(0, -LOBBY.length) : shown,
    lobby,
  }
}

// One space; two after `(?)`, which is padded to the width of `(OK)`. Further ones belong to the name.
function gapBeforeName(line: string, at: number, status: PlayerRow['guidStatus']): number {
  if (line.charAt(at) !== ' ') return 0
  return status === 'unverified' && line.charAt(at + 1) === ' ' ? 2 : 1
}

const NO_GUID = '-'
const GUID_DIGITS = 32
const STATUSES: ReadonlyMap<string, PlayerRow['guidStatus']> = new Map([
  ['(OK)', 'ok'],
  ['(?)', 'unverified'],
  ['', undefined],
] as const)

function parseGuidField(field: string): Pick<PlayerRow, 'guid' | 'guidStatus'> | undefined {
  if (field === NO_GUID) return { guid: undefined, guidStatus: undefined }
  const guid = field.slice(0, GUID_DIGITS)
  const status = field.slice(GUID_DIGITS)
  if (!isGuid(guid) || !STATUSES.has(status)) return undefined
  return { guid: guid.toLowerCase(), guidStatus: STATUSES.get(status) }
}
