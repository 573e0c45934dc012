import type { Insight } from '../cache/client-cache.js'
import type { PlayerData } from '../cache/player-data.js'
import { forgetOldest } from '../cache/rcon-client-cache.js'
import type { ServerMessage } from '../parsers/server-message.js'
import { type JoinOrLeave, joinsAndLeavesBetween, joinsAndLeavesOfSlots } from './joins-and-leaves.js'

type SlotMessage = Extract<ServerMessage, { readonly playerId: number }>
type Change = JoinOrLeave<PlayerData>
type Players = ReadonlyMap<number, PlayerData>

/**
 * Reports each join and leave once, from the changes that lines and lists cause in the cache. A kick is a leave, with a
 * `disconnected` line after it (DayZ) or without (Arma 3). The first list shows who was there before.
 */
export class Roster {
  #players = new Map<number, PlayerData>()
  #state: 'unlisted' | 'listed' = 'unlisted'

  /** Handles a line about a slot; `players` are those in the cache after it. */
  follow(message: SlotMessage, insight: Insight, players: Players): readonly Change[] {
    const changes = this.#followSlot(message.playerId, players)
    const shown = message.type === 'playerKick' ? changes.map(asKick) : changes
    if (this.#state === 'listed') return shown
    // Other lines can be about players who were there before.
    if (message.type !== 'playerConnect') {
      const leaves = shown.filter(({ kind }) => kind === 'leave')
      return leaves.length === 0 ? unlistedLeave(message, insight) : leaves
    }
    return shown
  }

  /** Handles a complete list. */
  list(players: Players): readonly Change[] {
    const changes = joinsAndLeavesOfSlots(this.#players, players)
    this.#players = new Map(players)
    if (this.#state === 'listed') return changes
    this.#state = 'listed'
    return changes.filter(({ kind }) => kind === 'leave')
  }

  /** A line changes only its own slot. */
  #followSlot(slot: number, players: Players): readonly Change[] {
    const [before, after] = [this.#players.get(slot), players.get(slot)]
    if (before === after) return []
    if (after === undefined) this.#players.delete(slot)
    else this.#players.set(slot, after)
    forgetOldest(this.#players)
    return joinsAndLeavesBetween(before === undefined ? [] : [before], after === undefined ? [] : [after])
  }
}

function asKick(change: Change): Change {
  return change.kind === 'leave' ? { ...change, kicked: true } : change
}

/** The leave of a player who was there before the first list, and so is not in the cache. */
function unlistedLeave(message: SlotMessage, { player, kicked, late }: Insight): readonly Change[] {
  if (player === undefined || kicked || late) return []
  if (message.type === 'playerDisconnect') return [{ kind: 'leave', player }]
  if (message.type !== 'playerKick' || message.ambiguous) return []
  return [{ kind: 'leave', player, kicked: true }]
}
