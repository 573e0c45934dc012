// @ts-nocheck
import type { AsyncRconClient } from '@bercon/client'
import type { BanRecord, PlayerRecord, Reading } from './records.js'

/** The length of a ban, and its end in ms since 1970 if a date was requested. */
export type BanTime = { readonly seconds: number; readonly until?: number } | 'permanent'

/** A list that a command can ask a server for. */
export type ListName = 'players' | 'bans' | 'admins' | 'missions'

/** The differences between the two kinds of RCON. */
export interface Rcon {
  /** As messages name it. */
  readonly name: string
  readonly lists: readonly ListName[]
  /** What it shows of a player and of a ban. */
  readonly playerColumns: readonly string[]
  readonly banColumns: readonly string[]
  /** Whether players and bans have IP addresses. */
  readonly hasAddresses: boolean
}

/** What the commands need of a server, whichever RCON it runs. */
export interface GameServer {
  readonly client: AsyncRconClient
  readonly rcon: Rcon
  players(): Promise<Reading<PlayerRecord>>
  bans(): Promise<Reading<BanRecord>>
  /** Returns the server's remark, which is usually `undefined`. */
  kick(id: number, reason: string): Promise<string | undefined>
  /** A player's number, or a GUID, IP address or identity id. */
  ban(target: number | string, time: BanTime, reason: string): Promise<string | undefined>
  /** `false` if there is no such ban; a text is the server's remark. */
  unban(target: string): Promise<boolean | string>
  /** Removes one ban of a list, whatever its number is by now; `false` if it is gone. */
  unbanRow(ban: BanRecord): Promise<boolean | string>
  /** Sends a message to all players, or to one. */
  say(message: string, player: number | undefined): Promise<string | undefined>
}
