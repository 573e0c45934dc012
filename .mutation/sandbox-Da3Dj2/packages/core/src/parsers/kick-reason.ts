// @ts-nocheck
import { isFilterName } from './filter-log.js'
import { wholeNumber } from './whole-number.js'

/** Why BattlEye removed a player, if the text is known; `other` for any other text. */
export type KickReasonKind =
  | 'admin_kick'
  | 'admin_ban'
  | 'client_not_responding'
  | 'query_timeout'
  | 'game_restart_required'
  | 'bad_service_version'
  | 'disallowed_program'
  | 'corrupted_memory'
  | 'corrupted_data'
  | 'winapi_failure'
  | 'global_ban'
  | 'invalid_server_config'
  | 'invalid_guid'
  | 'ping_too_high'
  | 'bad_player_name'
  | 'failed_to_update'
  | 'bad_packet'
  | 'unknown_game_version'
  | 'game_hack'
  | 'be_hack'
  | 'battleye_hack'
  | 'restriction'
  | 'other'

/** The parts of a kick's reason. */
export interface KickReason {
  readonly reasonKind: KickReasonKind
  /** The admin's own words, BattlEye's number (`#9f52bd`), or the filter and its line (`Script #107`). */
  readonly detail?: string
  /** For a restriction: the filter, as in `PublicVariable Value`. */
  readonly filter?: string
  /** For a restriction: the line of the filter's file. */
  readonly filterIndex?: number
}

// The texts of the last three are unverified.
const WHOLE: readonly (readonly [text: string, kind: KickReasonKind])[] = [
  ['Client not responding', 'client_not_responding'],
  ['Query Timeout', 'query_timeout'],
  ['Game restart required', 'game_restart_required'],
  ['Bad Service Version', 'bad_service_version'],
  ['Missing GameID/MasterPort server config settings', 'invalid_server_config'],
  ['Bad Player Name', 'bad_player_name'],
  ['Failed to update', 'failed_to_update'],
  ['Bad Packet', 'bad_packet'],
  ['Unknown Game Version', 'unknown_game_version'],
  ['Banned', 'admin_ban'],
  ['Invalid GUID', 'invalid_guid'],
]

// All unverified: no such line has been published.
const BEGINNINGS: readonly (readonly [text: string, kind: KickReasonKind])[] = [
  ['Ping too high', 'ping_too_high'],
  ['Game Hack #', 'game_hack'],
  ['Battleye Hack #', 'be_hack'],
]

const NUMBERED: readonly (readonly [text: string, kind: KickReasonKind])[] = [
  ['Disallowed Program', 'disallowed_program'],
  ['Corrupted Memory', 'corrupted_memory'],
  ['Corrupted Data', 'corrupted_data'],
  ['WinAPI Failure', 'winapi_failure'],
  // Six hexadecimal digits in every sample: a text, not a number.
  ['Global Ban', 'global_ban'],
]

const BY_ADMIN: readonly (readonly [text: string, kind: KickReasonKind])[] = [
  ['Admin Kick', 'admin_kick'],
  ['Admin Ban', 'admin_ban'],
]

/** Parses a kick's reason. An unknown reason is `other`: reasons that BattlEye adds later are kicks too. */
export function parseKickReason(reason: string): KickReason {
  return (
    parseAdminReason(reason) ??
    parseRestriction(reason) ??
    parseNumbered(reason) ??
    parseHack(reason) ?? { reasonKind: kindOf(reason) }
  )
}

function kindOf(reason: string): KickReasonKind {
  const whole = WHOLE.find(([text]) => reason === text)
  const known = whole ?? BEGINNINGS.find(([text]) => reason.startsWith(text))
  return known?.[1] ?? 'other'
}

// `Admin Kick`, `Admin Kick (TEXT)`; `Admin Ban #TEXT` appears in comments of Bohemia's scripts. Only the outermost
// brackets are removed, because TEXT may contain others. The server cuts a long reason, which then lacks the closing
// one.
function parseAdminReason(reason: string): KickReason | undefined {
  for (const [text, reasonKind] of BY_ADMIN) {
    if (reason === text) return { reasonKind }
    if (reason.startsWith(`${text} #`)) return { reasonKind, detail: reason.slice(text.length + 2) }
    if (reason.startsWith(`${text} (`)) {
      return { reasonKind, detail: reason.slice(text.length + 2, reason.endsWith(')') ? -1 : undefined) }
    }
  }
  return undefined
}

function parseNumbered(reason: string): KickReason | undefined {
  for (const [text, reasonKind] of NUMBERED) {
    if (reason === text) return { reasonKind }
    if (reason.startsWith(`${text} #`)) return { reasonKind, detail: reason.slice(text.length + 1) }
  }
  return undefined
}

// `GameHack #38`, `BattlEye Hack #14`: spelling and case vary. The two above come from a published list of reasons and
// have their own kinds, without a separate number.
const HACK = /^(game|battleye) ?hack (#.*)$/is

function parseHack(reason: string): KickReason | undefined {
  if (BEGINNINGS.some(([text]) => reason.startsWith(text))) return undefined
  const [, by = '', detail] = HACK.exec(reason) ?? []
  if (detail === undefined) return undefined
  return { reasonKind: by.toLowerCase() === 'game' ? 'game_hack' : 'battleye_hack', detail }
}

const RESTRICTION = ' Restriction #'

function parseRestriction(reason: string): KickReason | undefined {
  const at = reason.indexOf(RESTRICTION)
  if (at === -1) return undefined
  const filter = reason.slice(0, at)
  const filterIndex = wholeNumber(reason.slice(at + RESTRICTION.length))
  if (filterIndex === undefined || !isFilterName(filter)) return undefined
  return { reasonKind: 'restriction', detail: `${filter} #${filterIndex}`, filter, filterIndex }
}
