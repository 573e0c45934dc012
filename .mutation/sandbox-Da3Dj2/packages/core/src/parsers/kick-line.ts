// @ts-nocheck
import { type KickReason, parseKickReason } from './kick-reason.js'
import type { Line } from './line.js'
import { bareAnchors, bracketedAnchors, type ChosenAnchor, chooseAnchor } from './name-anchor.js'

/**
 * `Player #3 Rook (…) has been kicked by BattlEye: Admin Kick (afk)`. On DayZ a `disconnected` line follows, on Arma 3
 * it does not.
 */
export interface PlayerKick extends KickReason {
  readonly type: 'playerKick'
  readonly playerId: number
  readonly name: string
  /** `undefined` if the server kicked the player before it knew the GUID, or if the line is ambiguous. */
  readonly guid: string | undefined
  /** The reason as BattlEye printed it. */
  readonly reason: string
  /** Set if the name or the reason contains the words of a kick or of another line, and no known name decides. */
  readonly ambiguous?: true
  readonly raw: string
}

const KICKED = ' has been kicked by BattlEye: '

/** Parses the text after `Player #N `. */
export function parseKickLine(
  playerId: number,
  rest: string,
  knownName: string | undefined,
  { raw }: Line,
): PlayerKick | undefined {
  const chosen = chooseKick(rest, knownName)
  if (chosen === undefined) return undefined
  const { nameEnd, guid, textStart } = chosen.anchor
  const reason = rest.slice(textStart)
  return {
    type: 'playerKick',
    playerId,
    name: rest.slice(0, nameEnd),
    guid,
    reason,
    ...parseKickReason(reason),
    ...(chosen.ambiguous ? { ambiguous: true } : {}),
    raw,
  }
}

// No capture has the form without a GUID: it is accepted if no part contains a GUID, or after the known name.
function chooseKick(rest: string, knownName: string | undefined): ChosenAnchor | undefined {
  const bare = knownName !== undefined && rest.startsWith(`${knownName}${KICKED}`)
  const bracketed = bare ? undefined : chooseAnchor(bracketedAnchors(rest, KICKED), rest, knownName)
  return bracketed ?? chooseAnchor(bareAnchors(rest, KICKED), rest, knownName)
}
