// @ts-nocheck
import { between, type Choices, pick, type Random } from '../world/chance.js'

/** How far BattlEye has announced a player's GUID. */
export type GuidStatus = 'unknown' | 'unverified' | 'verified'

/** A player's current state. */
export interface GamePlayer {
  readonly id: number
  readonly name: string
  /** 32 lower-case hex digits; admins see it once `guidStatus` is not `unknown`. */
  readonly guid: string
  readonly guidStatus: GuidStatus
  readonly ip: string
  readonly port: number
  /** In milliseconds; -1 until it is measured. */
  readonly ping: number
  readonly inLobby: boolean
  /** Whether the world plays this player; one that you let join does only what you call. */
  readonly isBot: boolean
}

/** A player who is about to join; omitted fields are invented. */
export interface Newcomer {
  readonly name: string
  /** 32 hex digits. */
  readonly guid?: string
  readonly ip?: string
  readonly port?: number
  /** In milliseconds; -1 for not measured. */
  readonly ping?: number
  /**
   * The slot to use, which must be free.
   * @default the lowest free slot
   */
  readonly slot?: number
  /** @default false */
  readonly inLobby?: boolean
  /**
   * How far the join proceeds at once: `unknown` announces only the connection, `unverified` also the GUID, `verified`
   * all three lines.
   * @default 'verified'
   */
  readonly guidStatus?: GuidStatus
}

/** The GUID if it has been announced to admins. */
export function announcedGuid(player: GamePlayer): string | undefined {
  return player.guidStatus === 'unknown' ? undefined : player.guid
}

/** Addresses that belong to nobody (RFC 5737), so that no simulated log points at a real person. */
const NETWORKS: Choices<string> = ['192.0.2', '198.51.100', '203.0.113']

/** The port of most Arma clients, unless a router changes it. */
const GAME_PORT = 2304

export function inventAddress(random: Random): string {
  return `${pick(random, NETWORKS)}.${between(random, 1, 254)}`
}

export function inventPort(random: Random): number {
  return random() < 0.6 ? GAME_PORT : between(random, 1024, 65_535)
}
