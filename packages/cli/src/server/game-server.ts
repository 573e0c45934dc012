import type { AsyncRconClient } from '@bercon/client'
import type { BanRecord, PlayerRecord, Reading } from './records.js'

/** How long a ban lasts, and until when, in ms since 1970, where that was asked for. */
export type BanTime = { readonly seconds: number; readonly until?: number } | 'permanent'

/** A list that a command can ask a server for. */
export type ListName = 'players' | 'bans' | 'admins' | 'missions'

/** What the two kinds of RCON differ in. */
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
  /** Returns what the server says, which is nothing as a rule. */
  kick(id: number, reason: string): Promise<string | undefined>
  /** A player's number, or a GUID, IP address or identity id. */
  ban(target: number | string, time: BanTime, reason: string): Promise<string | undefined>
  /** `false` when nobody was banned under that; a text is what the server says to it. */
  unban(target: string): Promise<boolean | string>
  /** Lifts one ban of a list, wherever it stands by now; `false` when it is gone. */
  unbanRow(ban: BanRecord): Promise<boolean | string>
  /** To everybody, or to one player. */
  say(message: string, player: number | undefined): Promise<string | undefined>
}
