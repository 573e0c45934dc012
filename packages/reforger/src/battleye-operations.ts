import {
  addBan,
  ask,
  ban,
  banTarget,
  kick,
  type PlayersReply,
  unbanTarget,
  wholeBans,
  wholePlayers,
} from '@bercon/core'
import { minutesOf } from './ban-length.js'
import type { Operations, ReforgerBan, ReforgerPlayer } from './operations.js'

/** The operations with BattlEye's RCON. */
export const battleyeOperations: Operations = {
  *fetchPlayers() {
    return playersIn(yield* wholePlayers())
  },
  *kick(player) {
    yield* ask(kick(player))
  },
  *ban(target, length, reason) {
    const minutes = minutesOf(length)
    yield* ask(typeof target === 'number' ? ban(target, minutes, reason) : addBan(target, minutes, reason))
  },
  *unban(target) {
    return yield* unbanTarget(banTarget(target))
  },
  *fetchBans() {
    const { bans: rows } = yield* wholeBans()
    return rows.map(
      ({ target, reason, minutesLeft }): ReforgerBan => ({ target, name: undefined, reason, minutesLeft }),
    )
  },
}

export function playersIn({ players: rows }: PlayersReply): readonly ReforgerPlayer[] {
  return rows.map(({ id, name, guid }) => ({ number: id, uuid: undefined, name, guid }))
}
