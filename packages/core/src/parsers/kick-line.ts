import { type KickReason, parseKickReason } from './kick-reason.js'
import type { Line } from './line.js'
import { bareAnchors, bracketedAnchors, type ChosenAnchor, chooseAnchor } from './name-anchor.js'

/** `Player #3 Rook (…) has been kicked by BattlEye: Admin Kick (afk)`; a `disconnected` line follows it on DayZ, and none on Arma 3. */
export interface PlayerKick extends KickReason {
  readonly type: 'playerKick'
  readonly playerId: number
  readonly name: string
  /** Not set when the player was kicked before the server had it, or when the line can be read as something else. */
  readonly guid: string | undefined
  /** The reason as BattlEye printed it. */
  readonly reason: string
  /** Set when the name or the reason holds the words of a kick or of another line, and no known name told which. */
  readonly ambiguous?: true
  readonly raw: string
}

const KICKED = ' has been kicked by BattlEye: '

/** Reads what stands behind `Player #N `. */
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

// The form without a GUID was never captured: it counts where no GUID stands anywhere, or behind the known name.
function chooseKick(rest: string, knownName: string | undefined): ChosenAnchor | undefined {
  const bare = knownName !== undefined && rest.startsWith(`${knownName}${KICKED}`)
  const bracketed = bare ? undefined : chooseAnchor(bracketedAnchors(rest, KICKED), rest, knownName)
  return bracketed ?? chooseAnchor(bareAnchors(rest, KICKED), rest, knownName)
}
