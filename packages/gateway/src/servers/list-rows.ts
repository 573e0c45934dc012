import type { AsyncRconClient, CallOptions, Player } from '@bercon/client'
import { reforger } from '@bercon/reforger'

/** A player, whatever the server's RCON shows of them. */
export interface PlayerRow {
  readonly id: number
  readonly name: string
  readonly guid: string | null
  readonly isGuidValid: boolean
  readonly ip: string | null
  readonly port: number | null
  /** In ms. */
  readonly ping: number | null
  readonly inLobby: boolean
  /** Of Reforger's built-in RCON. */
  readonly identityId: string | null
}

/** A ban, whatever the server's RCON shows of it. */
export interface BanRow {
  /** The number in the list, which shifts when a ban is removed. */
  readonly index: number | null
  readonly kind: 'guid' | 'ip' | 'identity'
  readonly target: string
  readonly minutesLeft: number | null
  readonly isPermanent: boolean | null
  readonly reason: string | null
  /** Of Reforger's built-in RCON. */
  readonly name: string | null
}

/** Asks for the players, with Reforger's own RCON in its way. @throws what the client's `fetchPlayers` does. */
export async function fetchPlayerRows(
  client: AsyncRconClient,
  isBuiltIn: boolean,
  call?: CallOptions,
): Promise<readonly PlayerRow[]> {
  if (!isBuiltIn) return (await client.fetchPlayers(call)).map(playerRow)
  const players = await reforger(client, { rcon: 'built-in' }).fetchPlayers(call)
  return players.map(({ id, name, guid = null, identityId = null }) => ({
    id,
    name,
    guid,
    isGuidValid: false,
    ip: null,
    port: null,
    ping: null,
    inLobby: false,
    identityId,
  }))
}

/** Asks for the bans, with Reforger's own RCON in its way. @throws what the client's `fetchBans` does. */
export async function fetchBanRows(
  client: AsyncRconClient,
  isBuiltIn: boolean,
  call?: CallOptions,
): Promise<readonly BanRow[]> {
  if (!isBuiltIn)
    return (await client.fetchBans(call)).map(
      ({ index, kind, id, minutesLeft = null, isPermanent, reason }) => ({
        index,
        kind,
        target: id,
        minutesLeft,
        isPermanent,
        reason,
        name: null,
      }),
    )
  const bans = await reforger(client, { rcon: 'built-in' }).fetchBans(call)
  return bans.map(({ target, name = null }) => ({
    index: null,
    kind: 'identity',
    target,
    minutesLeft: null,
    isPermanent: null,
    reason: null,
    name,
  }))
}

/** A player as plain data. */
export function playerRow(player: Player): PlayerRow {
  const { id, name, guid = null, isGuidValid, ip = null, port = null, ping, inLobby } = player
  return { id, name, guid, isGuidValid, ip, port, ping: ping < 0 ? null : ping, inLobby, identityId: null }
}
