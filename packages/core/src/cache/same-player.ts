import type { PlayerData } from './player-data.js'

/** What of a player tells them from others. */
export type Identity = Pick<PlayerData, 'id' | 'name' | 'guid' | 'ip' | 'port'>

const LOBBY = ' (Lobby)'

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
