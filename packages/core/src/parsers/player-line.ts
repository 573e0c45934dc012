import { type ConnectionLine, parseConnectionLine } from './connection-lines.js'
import { type PlayerKick, parseKickLine } from './kick-line.js'
import { knownNameOf } from './known-names.js'
import type { Line } from './line.js'
import { wholeNumberAt } from './whole-number.js'

const PLAYER = 'Player #'

/**
 * Reads the lines that begin with `Player #N `. A line that is both a kick and something else, by a hostile
 * name or a hostile reason, goes to the reading with the known name, else to what its end says: a `disconnected` that
 * is missed leaves a ghost.
 *
 * A name that is known is proof of the end's reading only. The player who has it may have left, where that line was
 * lost, and whoever comes into the slot can have the words of a kick in their name: such a kick stays in doubt, and has
 * no GUID, which would be one of their choosing.
 */
export function parsePlayerLine(line: Line): ConnectionLine | PlayerKick | undefined {
  if (!line.text.startsWith(PLAYER)) return undefined
  const slot = wholeNumberAt(line.text, PLAYER.length)
  // Exactly one space: the rest belongs to the name, which may be empty or begin with a space.
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
