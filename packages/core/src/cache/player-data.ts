import type { PlayerRow } from '../parsers/players-reply.js'

// Some lines add this to a name while the player is in the lobby.
const LOBBY = ' (Lobby)'

/** What is known about a player, as plain data. It does not change: new facts create a new object. */
export interface PlayerData {
  /** The slot. */
  readonly id: number
  readonly name: string
  /** `undefined` until the server sends it. */
  readonly guid: string | undefined
  readonly isGuidValid: boolean
  /** `undefined` until a `players` reply contains it, if the line that had it was lost. */
  readonly ip: string | undefined
  readonly port: number | undefined
  /** In ms, from the last `players` reply; -1 until it is measured. */
  readonly ping: number
  readonly inLobby: boolean
}

/** A player with only a known slot and name. */
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

/** The player with a GUID; the same object if nothing changed. */
export function withGuid(
  player: PlayerData,
  guid: string,
  isGuidValid: boolean = player.isGuidValid,
): PlayerData {
  if (player.guid === guid && player.isGuidValid === isGuidValid) return player
  return { ...player, guid, isGuidValid }
}

/** The player with the facts of a row of `players`; `undefined` if the row shows another player. */
export function withRow(player: PlayerData, row: PlayerRow): PlayerData | undefined {
  if (isAnother(player, row.guid)) return undefined
  // If no GUID identifies them, another address is another player: a namesake must not inherit the GUID.
  const hasMoved = player.ip !== undefined && (player.ip !== row.ip || player.port !== row.port)
  if (hasMoved && (row.guid === undefined || player.guid === undefined)) return undefined
  if (player.name === row.name) return updated(player, row, row.lobby)
  // The suffix is part of the player's own name.
  if (row.lobby && player.name === `${row.name}${LOBBY}`) return updated(player, row, false)
  return undefined
}

/** Whether a GUID differs from the player's known one. */
export function isAnother(player: PlayerData, guid: string | undefined): boolean {
  return player.guid !== undefined && guid !== undefined && player.guid !== guid
}

/** The player as a row shows them. */
export function playerIn({ id, name, ip, port, ping, guid, guidStatus, lobby }: PlayerRow): PlayerData {
  const isGuidValid = guid !== undefined && guidStatus !== 'unverified'
  return { id, name, guid, isGuidValid, ip, port, ping, inLobby: lobby }
}

// Field by field, because this runs for each row of each list. A missing GUID is not a fact.
function updated(player: PlayerData, row: PlayerRow, inLobby: boolean): PlayerData {
  const { id, name } = player
  const { ip, port, ping } = row
  const hasGuid = row.guid !== undefined
  const guid = hasGuid ? row.guid : player.guid
  const isGuidValid = hasGuid ? row.guidStatus !== 'unverified' : player.isGuidValid
  const isKnown =
    player.ping === ping &&
    player.inLobby === inLobby &&
    player.guid === guid &&
    player.isGuidValid === isGuidValid &&
    player.ip === ip &&
    player.port === port
  return isKnown ? player : { id, name, guid, isGuidValid, ip, port, ping, inLobby }
}

/** The fields that distinguish players. */
export type Identity = Pick<PlayerData, 'id' | 'name' | 'guid' | 'ip' | 'port'>

/** Whether two lines name the same player: one may have the lobby's suffix and the other not. */
export function isSameName(one: string, other: string): boolean {
  return one === other || one === `${other}${LOBBY}` || other === `${one}${LOBBY}`
}

/**
 * Whether two views of a slot show the same player: by the GUID if both have one, otherwise by name and address. A
 * field that only one of them has is not compared.
 */
export function isSamePlayer(before: Identity, after: Identity): boolean {
  if (before.id !== after.id || !isSameName(before.name, after.name)) return false
  if (before.guid !== undefined && after.guid !== undefined) return before.guid === after.guid
  if (before.ip === undefined || after.ip === undefined) return true
  return before.ip === after.ip && before.port === after.port
}
