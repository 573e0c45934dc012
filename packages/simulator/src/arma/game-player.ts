import { between, type Choices, pick, type Random } from '../world/chance.js'

/** How much BattlEye has said of a player's GUID. */
export type GuidStatus = 'unknown' | 'unverified' | 'verified'

/** One player, as the game stands now. */
export interface GamePlayer {
  readonly id: number
  readonly name: string
  /** 32 lower-case hex digits; admins see it only once `guidStatus` is no longer `unknown`. */
  readonly guid: string
  readonly guidStatus: GuidStatus
  readonly ip: string
  readonly port: number
  /** In milliseconds; -1 while it has not been measured. */
  readonly ping: number
  readonly inLobby: boolean
  /** Whether the world plays this player; one that you let join does only what you say. */
  readonly isBot: boolean
}

/** A player about to join; what is left out is invented. */
export interface Newcomer {
  readonly name: string
  /** 32 hex digits. */
  readonly guid?: string
  readonly ip?: string
  readonly port?: number
  /** In milliseconds; -1 for one that has not been measured. */
  readonly ping?: number
  /**
   * Where to sit; it must be free.
   * @default the lowest free slot
   */
  readonly slot?: number
  /** @default false */
  readonly inLobby?: boolean
  /**
   * How far the join goes at once: `unknown` announces the connection only, `unverified` the GUID too, `verified` all
   * three lines.
   * @default 'verified'
   */
  readonly guidStatus?: GuidStatus
}

/** The GUID as admins may see it. */
export function announcedGuid(player: GamePlayer): string | undefined {
  return player.guidStatus === 'unknown' ? undefined : player.guid
}

/** Addresses of nobody (RFC 5737), so that no log of a simulation points at anyone. */
const NETWORKS: Choices<string> = ['192.0.2', '198.51.100', '203.0.113']

/** The port of most Arma clients, where no router changes it. */
const GAME_PORT = 2304

export function inventAddress(random: Random): string {
  return `${pick(random, NETWORKS)}.${between(random, 1, 254)}`
}

export function inventPort(random: Random): number {
  return random() < 0.6 ? GAME_PORT : between(random, 1024, 65_535)
}
