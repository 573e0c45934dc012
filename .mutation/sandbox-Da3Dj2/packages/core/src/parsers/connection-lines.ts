// @ts-nocheck
import { parseAddress } from './address.js'
import { isGuid } from './guid.js'
import type { Line } from './line.js'
import { wholeNumberAt } from './whole-number.js'

/** `Player #0 Rook (203.0.113.7:2304) connected`: the first line of every join. */
export interface PlayerConnect {
  readonly type: 'playerConnect'
  readonly playerId: number
  readonly name: string
  readonly ip: string
  readonly port: number
  /** Set if the line could also be a kick. */
  readonly ambiguous?: true
  readonly raw: string
}

/** `Player #0 Rook - BE GUID: …`: the server has computed the player's GUID but not verified it yet. */
export interface PlayerGuid {
  readonly type: 'playerGuid'
  readonly playerId: number
  readonly name: string
  readonly guid: string
  /**
   * A `Legacy GUID` follows the verification and is a different number; an `Owner GUID` is the game owner's and appears
   * for headless clients. Neither is the player's GUID.
   */
  readonly label: 'GUID' | 'BE GUID' | 'Legacy GUID' | 'Owner GUID'
  /** `false` if the line says `(unverified)`, as on old servers; otherwise the line does not state it. */
  readonly verified: false | undefined
  /** Set if the line could also be a kick. */
  readonly ambiguous?: true
  readonly raw: string
}

/** `Verified GUID (…) of player #0 Rook`; `Verified GUID () of …` for a headless client, which has none. */
export interface PlayerVerifyGuid {
  readonly type: 'playerVerifyGuid'
  readonly playerId: number
  readonly name: string
  /** `undefined` for a headless client, which has none of its own. */
  readonly guid: string | undefined
  readonly raw: string
}

/** `Player #0 Rook disconnected`; on DayZ it also follows each kick. */
export interface PlayerDisconnect {
  readonly type: 'playerDisconnect'
  readonly playerId: number
  readonly name: string
  /** Set if the line could also be a kick. */
  readonly ambiguous?: true
  readonly raw: string
}

/** `Player #0 Rook is losing connection`: from the code of another client; we have no capture of it. */
export interface PlayerLosingConnection {
  readonly type: 'serverWarning'
  readonly event: 'losing_connection'
  readonly playerId: number
  readonly name: string
  /** Set if the line could also be a kick. */
  readonly ambiguous?: true
  readonly raw: string
}

/** A line about a slot that is identified by its end. */
export type ConnectionLine = PlayerConnect | PlayerGuid | PlayerDisconnect | PlayerLosingConnection

const CONNECTED = ') connected'
const DISCONNECTED = ' disconnected'
const LOSING = ' is losing connection'
const GUID_AT_END = / - ((?:BE |Legacy |Owner )?GUID): ([0-9a-fA-F]{32})( \(unverified\))?$/
const GUID_AT_END_LENGTH = 61

/**
 * Parses the text after `Player #N `. The end of the line decides, never a part inside it, because a player can be
 * called `A (192.0.2.1:5) connected`: the last address and the last GUID are the server's.
 */
export function parseConnectionLine(
  playerId: number,
  rest: string,
  { raw }: Line,
): ConnectionLine | undefined {
  if (rest.endsWith(DISCONNECTED)) {
    return { type: 'playerDisconnect', playerId, name: rest.slice(0, -DISCONNECTED.length), raw }
  }
  if (rest.endsWith(CONNECTED)) return parseConnect(playerId, rest, raw)
  if (rest.endsWith(LOSING)) {
    const name = rest.slice(0, -LOSING.length)
    return { type: 'serverWarning', event: 'losing_connection', playerId, name, raw }
  }
  return parseGuid(playerId, rest, raw)
}

function parseConnect(playerId: number, rest: string, raw: string): PlayerConnect | undefined {
  const open = rest.lastIndexOf(' (')
  if (open === -1) return undefined
  const address = parseAddress(rest.slice(open + 2, -CONNECTED.length))
  if (address === undefined) return undefined
  return { type: 'playerConnect', playerId, name: rest.slice(0, open), ...address, raw }
}

function parseGuid(playerId: number, rest: string, raw: string): PlayerGuid | undefined {
  const found = GUID_AT_END.exec(rest.slice(-GUID_AT_END_LENGTH))
  if (found === null) return undefined
  const [whole, label, guid, unverified] = found
  return {
    type: 'playerGuid',
    playerId,
    name: rest.slice(0, rest.length - whole.length),
    guid: String(guid).toLowerCase(),
    label: label as PlayerGuid['label'],
    verified: unverified === undefined ? undefined : false,
    raw,
  }
}

const VERIFIED = 'Verified GUID ('
const GUID_LENGTH = 32
// Every capture contains `of`; one client expects `for`.
const OF_PLAYER = [') of player #', ') for player #']

/** Parses `Verified GUID (…) of player #N NAME` from the left: the name extends to the end. */
export function parseVerifiedLine({ text, raw }: Line): PlayerVerifyGuid | undefined {
  if (!text.startsWith(VERIFIED)) return undefined
  const guidEnd = text.startsWith(')', VERIFIED.length) ? VERIFIED.length : VERIFIED.length + GUID_LENGTH
  const guid = text.slice(VERIFIED.length, guidEnd)
  const between = OF_PLAYER.find((words) => text.startsWith(words, guidEnd))
  if (between === undefined || (guid !== '' && !isGuid(guid))) return undefined
  const slot = wholeNumberAt(text, guidEnd + between.length)
  if (slot === undefined || text.charAt(slot.end) !== ' ') return undefined
  return {
    type: 'playerVerifyGuid',
    playerId: slot.value,
    name: text.slice(slot.end + 1),
    guid: guid === '' ? undefined : guid.toLowerCase(),
    raw,
  }
}
