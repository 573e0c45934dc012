import type { PlayerRow } from '../parsers/players-reply.js'

// A name's suffix in some lines while its player is in the lobby.
const LOBBY = ' (Lobby)'

/** What is known of a player, as plain data. It does not change: what is learnt makes a new one. */
export interface PlayerData {
  /** The slot. */
  readonly id: number
  readonly name: string
  /** Nothing until the server has told it. */
  readonly guid: string | undefined
  readonly isGuidValid: boolean
  /** Nothing until a `players` reply, where the line that told it was lost. */
  readonly ip: string | undefined
  readonly port: number | undefined
  /** In ms, as of the last `players` reply; -1 until it is measured. */
  readonly ping: number
  readonly inLobby: boolean
}

/** A player of whom only slot and name are known. */
export function newcomer(id: number, name: string): PlayerData {
  return {
    id,
    name,
    guid: undefined,
    isGuidValid: false,
    ip: undefined,
    port: undefined,
    ping: -1,
    inLobby: false,
  }
}

/** The player with what was learnt; the same object where nothing was. */
export function learn(player: PlayerData, news: Partial<PlayerData>): PlayerData {
  const isKnown = Object.entries(news).every(([name, value]) => player[name as keyof PlayerData] === value)
  return isKnown ? player : { ...player, ...news }
}

/** The player with what a row of `players` says; nothing when the row shows somebody else. */
export function withRow(player: PlayerData, row: PlayerRow): PlayerData | undefined {
  const news = rowNews(row)
  if (isAnother(player, news.guid)) return undefined
  // Without a GUID to tell them apart, another address is another player: his GUID must not pass on to a namesake.
  const hasMoved = player.ip !== undefined && (player.ip !== row.ip || player.port !== row.port)
  if (hasMoved && (news.guid === undefined || player.guid === undefined)) return undefined
  if (player.name === row.name) return learn(player, news)
  // The suffix is the player's own.
  if (row.lobby && player.name === `${row.name}${LOBBY}`) return learn(player, { ...news, inLobby: false })
  return undefined
}

/** Whether a GUID is not the one that is known of the player. */
export function isAnother(player: PlayerData, guid: string | undefined): boolean {
  return player.guid !== undefined && guid !== undefined && player.guid !== guid
}

/** What a row of `players` says; a GUID that it does not have is no news. */
export function rowNews(row: PlayerRow): Partial<PlayerData> {
  const { ip, port, ping, guid, guidStatus, lobby: inLobby } = row
  const seen = { ip, port, ping, inLobby }
  return guid === undefined ? seen : { ...seen, guid, isGuidValid: guidStatus !== 'unverified' }
}

/** What of a player tells them from others. */
export type Identity = Pick<PlayerData, 'id' | 'name' | 'guid' | 'ip' | 'port'>

/** Whether two lines name the same player: one may have the suffix of who is in the lobby, and the other not. */
export function isSameName(one: string, other: string): boolean {
  return one === other || one === `${other}${LOBBY}` || other === `${one}${LOBBY}`
}

/**
 * Whether two views of a slot show the same player: by the GUID where both have it, otherwise by name and address.
 * What only one of them has does not tell them apart.
 */
export function isSamePlayer(before: Identity, after: Identity): boolean {
  if (before.id !== after.id || !isSameName(before.name, after.name)) return false
  if (before.guid !== undefined && after.guid !== undefined) return before.guid === after.guid
  if (before.ip === undefined || after.ip === undefined) return true
  return before.ip === after.ip && before.port === after.port
}
