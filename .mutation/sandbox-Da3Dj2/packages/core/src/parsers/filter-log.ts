// @ts-nocheck
import { knownNameOf } from './known-names.js'
import type { Line } from './line.js'
import { bracketedAnchors, chooseAnchor, type NameAnchor } from './name-anchor.js'
import { wholeNumberAt } from './whole-number.js'

const FILTER_NAME = /^[A-Za-z]+(?: [A-Za-z]+){0,2}$/
const LONGEST_FILTER_NAME = 48

/** `RemoteExec Log: #17 Rook (…) - #52 "…"`: a BattlEye filter matched. Arma only. */
export interface FilterLog {
  readonly type: 'filterLog'
  /** The filter, such as `SetVariable Value`; `Script` and `Scripts` are the same one. */
  readonly filter: string
  readonly playerId: number
  readonly name: string
  readonly guid: string | undefined
  /** The line of the filter's file that matched. */
  readonly filterIndex: number
  /** The matched text. It may contain line ends, and the server cuts it without closing quotes or brackets. */
  readonly text: string
  /** Set if the name or the text contains the separators, and no known name decides. */
  readonly ambiguous?: true
  readonly raw: string
}

const LOG = ' Log: #'
const INDEX = ' - #'
// The filter's name comes first; a line without one is not searched to its end.
const LOG_SEARCHED = 64

/** Parses `FILTER Log: #N NAME (GUID) - #LINE TEXT`. */
export function parseFilterLog({ text, known, raw }: Line): FilterLog | undefined {
  const log = text.slice(0, LOG_SEARCHED).indexOf(LOG)
  if (log === -1 || !isFilterName(text.slice(0, log))) return undefined
  const slot = wholeNumberAt(text, log + LOG.length)
  if (slot === undefined || text.charAt(slot.end) !== ' ') return undefined
  const rest = text.slice(slot.end + 1)
  const chosen = chooseAnchor(numberedAnchors(rest), rest, knownNameOf(known, slot.value))
  const index = chosen && indexAt(rest, chosen.anchor)
  if (index === undefined) return undefined
  return {
    type: 'filterLog',
    filter: text.slice(0, log),
    playerId: slot.value,
    name: rest.slice(0, chosen?.anchor.nameEnd),
    guid: chosen?.anchor.guid,
    filterIndex: index.value,
    text: rest.slice(index.end + 1),
    ...(chosen?.ambiguous ? { ambiguous: true } : {}),
    raw,
  }
}

function* numberedAnchors(rest: string): Generator<NameAnchor> {
  for (const anchor of bracketedAnchors(rest, INDEX)) {
    if (indexAt(rest, anchor) !== undefined) yield anchor
  }
}

function indexAt(rest: string, anchor: NameAnchor): ReturnType<typeof wholeNumberAt> {
  const index = wholeNumberAt(rest, anchor.textStart)
  const followed = index !== undefined && index.end < rest.length && rest.charAt(index.end) !== ' '
  return followed ? undefined : index
}

/** Whether the text can be the name of a BattlEye filter: a few words, such as `SetVariable Value`. */
export function isFilterName(text: string): boolean {
  return text.length <= LONGEST_FILTER_NAME && FILTER_NAME.test(text)
}
