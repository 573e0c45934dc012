import type { AsyncRconClient } from '@bercon/client'
import type { BanRecord, PlayerRecord, Reading } from './records.js'

/** How long a ban lasts, and until when, in ms since 1970, where that was asked for. */
export type BanTime = { readonly seconds: number; readonly until?: number } | 'ever'

/** The two kinds of RCON: BattlEye's, and that which Arma Reforger has built in. */
export type Rcon = 'battleye' | 'built-in'

/** What the commands need of a server, whichever RCON it runs. */
export interface GameServer {
  readonly client: AsyncRconClient
  readonly rcon: Rcon
  players(): Promise<Reading<PlayerRecord>>
  bans(): Promise<Reading<BanRecord>>
  /** Gives what the server says, which is nothing as a rule. */
  kick(id: number, reason: string): Promise<string | undefined>
  /** A player's number, or a GUID, IP address or identity id. */
  ban(target: number | string, time: BanTime, reason: string): Promise<string | undefined>
  /** `false` when nobody was banned under that. */
  unban(target: string): Promise<boolean>
  /** Lifts one ban of a list, wherever it stands by now; `false` when it is gone. */
  unbanRow(ban: BanRecord): Promise<boolean>
  /** To everybody, or to one player. */
  say(message: string, player: number | undefined): Promise<string | undefined>
}
