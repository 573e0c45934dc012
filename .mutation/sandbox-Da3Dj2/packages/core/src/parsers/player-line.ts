// @ts-nocheck
import { type ConnectionLine, parseConnectionLine } from './connection-lines.js'
import { type PlayerKick, parseKickLine } from './kick-line.js'
import { knownNameOf } from './known-names.js'
import type { Line } from './line.js'
import { wholeNumberAt } from './whole-number.js'

const PLAYER = 'Player #'

/**
 * Parses lines that begin with `Player #N `. If a hostile name or reason makes a line look like both a kick and another
 * line, the reading with the known name is chosen, otherwise the one by its end: a missed `disconnected` would leave a
 * ghost.
 *
 * A known name proves only the reading by the end. The player with that name may have left unnoticed if the line was
 * lost, and the next player in the slot can have the words of a kick in their name. Such a kick is `ambiguous` and has
 * no GUID, because that player could choose it.
 */
export function parsePlayerLine(line: Line): ConnectionLine | PlayerKick | undefined {
  if (!line.text.startsWith(PLAYER)) return undefined
  const slot = wholeNumberAt(line.text, PLAYER.length)
  // Exactly one space: further ones belong to the name, which may be empty or begin with a space.
  if (slot === undefined || line.text.charAt(slot.end) !== ' ') return undefined
  const rest = line.text.slice(slot.end + 1)
  const knownName = knownNameOf(line.known, slot.value)

  const byEnd = parseConnectionLine(slot.value, rest, line)
  const kick = parseKickLine(slot.value, rest, knownName, line)
  if (byEnd === undefined || kick === undefined) return byEnd ?? kick
  if (byEnd.name === knownName) return byEnd
  return kick.name === knownName
    ? { ...kick, guid: undefined, ambiguous: true }
    : { ...byEnd, ambiguous: true }
}
