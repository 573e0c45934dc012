// @ts-nocheck
import { ask, commands, type PlayersReply } from '@bercon/core'
import { banTarget, unbanTarget, wholeBans, wholePlayers } from '@bercon/core/kit'
import { wholeMinutesOf } from './ban-length.js'
import type { Operations, ReforgerBan, ReforgerPlayer } from './operations.js'

/** The operations with BattlEye's RCON. */
export const battleyeOperations: Operations = {
  *fetchPlayers() {
    return playersIn(yield* wholePlayers())
  },
  *kick(playerId) {
    yield* ask(commands.kick(playerId))
  },
  *ban(target, length, reason) {
    const minutes = wholeMinutesOf(length)
    yield* ask(
      typeof target === 'number'
        ? commands.ban(target, minutes, reason)
        : commands.addBan(target, minutes, reason),
    )
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
  return rows.map(({ id, name, guid }) => ({ id, identityId: undefined, name, guid }))
}
