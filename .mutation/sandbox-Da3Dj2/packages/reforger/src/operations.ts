// @ts-nocheck
import type { Steps } from '@bercon/core'
import type { Unbanned } from '@bercon/core/kit'

/** A player, from either RCON. */
export interface ReforgerPlayer {
  /** The number for `kick` and `ban`. */
  readonly id: number
  /** The identity id; BattlEye's RCON does not show it. */
  readonly identityId: string | undefined
  readonly name: string
  /** BattlEye's own id, which only its RCON shows. */
  readonly guid: string | undefined
}

/** A ban, from either RCON. */
export interface ReforgerBan {
  /** The target for `unban`: the identity id, or BattlEye's GUID or IP address. */
  readonly target: string
  /** The built-in RCON shows it, BattlEye's does not. */
  readonly name: string | undefined
  /** BattlEye's RCON shows it, the built-in one does not. */
  readonly reason: string | undefined
  /** Shown by BattlEye's RCON only; `undefined` for a permanent ban. */
  readonly minutesLeft: number | undefined
}

/** The operations of one of the two RCONs. */
export interface Operations {
  fetchPlayers(): Steps<readonly ReforgerPlayer[]>
  kick(playerId: number): Steps<void>
  ban(target: number | string, minutes: number | undefined, reason: string | undefined): Steps<void>
  unban(target: string): Steps<Unbanned>
  fetchBans(): Steps<readonly ReforgerBan[]>
}
