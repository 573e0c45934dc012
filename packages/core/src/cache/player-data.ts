import type { PlayerRow } from '../parsers/players-reply.js'

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
  if (row.lobby && player.name === `${row.name} (Lobby)`) return learn(player, { ...news, inLobby: false })
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
