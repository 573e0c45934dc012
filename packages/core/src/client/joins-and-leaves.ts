import { type Identity, isSamePlayer } from '../cache/player-data.js'
import type { Player } from '../models/player.js'

/** A player joined or left. */
export type JoinOrLeave<P extends Identity = Player> =
  | { readonly kind: 'join'; readonly player: P }
  | {
      readonly kind: 'leave'
      /** As known before they left. */
      readonly player: P
      /** Set if a kick caused it. */
      readonly kicked?: true
    }

/**
 * The players who left and joined between two lists, leaves first. A slot now used by another player counts as one of
 * each.
 */
export function joinsAndLeavesBetween<P extends Identity>(
  before: Iterable<P>,
  after: Iterable<P>,
): readonly JoinOrLeave<P>[] {
  return joinsAndLeavesOfSlots(bySlot(before), bySlot(after))
}

type Slots<P> = ReadonlyMap<number, P>

/** The same for players who are by slot already. */
export function joinsAndLeavesOfSlots<P extends Identity>(
  earlier: Slots<P>,
  later: Slots<P>,
): readonly JoinOrLeave<P>[] {
  return [
    ...without(earlier, later).map((player) => ({ kind: 'leave', player }) as const),
    ...without(later, earlier).map((player) => ({ kind: 'join', player }) as const),
  ]
}

function bySlot<P extends Identity>(players: Iterable<P>): Slots<P> {
  const slots = new Map<number, P>()
  for (const player of players) slots.set(player.id, player)
  return slots
}

/** The players of one list who are not on the other. */
function without<P extends Identity>(players: Slots<P>, others: Slots<P>): readonly P[] {
  const missing: P[] = []
  for (const player of players.values()) {
    const other = others.get(player.id)
    if (other === undefined || !isSamePlayer(player, other)) missing.push(player)
  }
  return missing
}
