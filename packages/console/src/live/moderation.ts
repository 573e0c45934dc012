import { isSamePlayer } from '@bercon/core/kit'
import { reforger } from '@bercon/reforger'
import type { RxRconClient } from '@bercon/rx'
import { catchError, EMPTY, exhaustMap, map, type Observable, shareReplay, switchMap, timer } from 'rxjs'
import type { Game } from '../gateway/session.js'

const LIST_MS = 30_000
const TIMEOUT_MS = 10_000

/** A player as the page lists them. */
export interface PlayerRow {
  readonly id: number
  readonly name: string
  /** The GUID, or Reforger's identity id. */
  readonly identity: string | undefined
  readonly isVerified: boolean | undefined
  readonly ip: string | undefined
  readonly port: number | undefined
  readonly ping: number | undefined
  readonly inLobby: boolean
}

/** A ban as the page lists it. */
export interface BanRow {
  readonly target: string
  readonly name: string | undefined
  /** Nothing where the server does not say. */
  readonly reason: string | undefined
  /** Nothing where the server does not say; `null` for a permanent ban. */
  readonly minutesLeft: number | null | undefined
  readonly lift: () => Observable<unknown>
}

/** What can be done at a server, whichever game it runs. */
export interface Moderation {
  readonly players$: Observable<readonly PlayerRow[]>
  /** Whether a kick has a reason, and players can be whispered to. */
  readonly talks: boolean
  /** This and the next two fail with {@link PlayerLeftError} if another player has the number by now. */
  kick(player: PlayerRow, reason: string): Observable<unknown>
  banPlayer(player: PlayerRow, minutes: number | undefined, reason: string): Observable<unknown>
  whisper(player: PlayerRow, message: string): Observable<unknown>
  /** Bans a GUID or IP address, or Reforger's identity id. */
  ban(target: string, minutes: number | undefined, reason: string): Observable<unknown>
  fetchBans(): Observable<readonly BanRow[]>
}

/** The player of a row is no longer on the server, so that nothing was sent: their number may be another player's. */
class PlayerLeftError extends Error {
  override readonly name = 'PlayerLeftError'

  constructor() {
    super('This player has left the server, so nothing was sent')
  }
}

export function moderationOf(client: RxRconClient, game: Game): Moderation {
  return game === 'reforger' ? reforgerModeration(client) : battleyeModeration(client)
}

function battleyeModeration(client: RxRconClient): Moderation {
  /** Acts only if a fresh list has the same player: lines about who left may have been lost. */
  const ifHere = (row: PlayerRow, act: () => Observable<unknown>) =>
    client.fetchPlayers({ timeoutMs: TIMEOUT_MS }).pipe(
      switchMap((players) => {
        const now = players.find(({ id }) => id === row.id)
        const before = { ...row, guid: row.identity }
        if (now === undefined || !isSamePlayer(before, now)) throw new PlayerLeftError()
        return act()
      }),
    )
  return {
    talks: true,
    players$: client.players$.pipe(
      map((players) =>
        players.map(({ id, name, guid, isGuidValid, ip, port, ping, inLobby }) => ({
          id,
          name,
          identity: guid,
          isVerified: isGuidValid,
          ip,
          port,
          ping: ping < 0 ? undefined : ping,
          inLobby,
        })),
      ),
    ),
    kick: (row, reason) => ifHere(row, () => client.kick(row.id, reason)),
    banPlayer: (row, minutes, reason) => ifHere(row, () => client.ban(row.id, minutes, reason)),
    whisper: (row, message) => ifHere(row, () => client.whisper(row.id, message)),
    ban: (target, minutes, reason) => client.ban(target, minutes, reason),
    fetchBans: () =>
      client.fetchBans().pipe(
        map((bans) =>
          bans
            .filter(({ isExpired }) => !isExpired)
            .map((ban) => ({
              target: ban.id,
              name: undefined,
              reason: ban.reason,
              minutesLeft: ban.isPermanent ? null : ban.minutesLeft,
              lift: () => ban.unban(),
            })),
        ),
      ),
  }
}

function reforgerModeration(client: RxRconClient): Moderation {
  const server = reforger(client)
  const ifHere = (row: PlayerRow, act: () => Observable<unknown>) =>
    server.fetchPlayers({ timeoutMs: TIMEOUT_MS }).pipe(
      switchMap((players) => {
        const now = players.find(({ id }) => id === row.id)
        if (now === undefined || now.name !== row.name || (now.identityId ?? now.guid) !== row.identity)
          throw new PlayerLeftError()
        return act()
      }),
    )
  const players$ = timer(0, LIST_MS).pipe(
    exhaustMap(() => server.fetchPlayers({ timeoutMs: TIMEOUT_MS }).pipe(catchError(() => EMPTY))),
    map((players) =>
      players.map(({ id, name, identityId, guid }) => ({
        id,
        name,
        identity: identityId ?? guid,
        isVerified: undefined,
        ip: undefined,
        port: undefined,
        ping: undefined,
        inLobby: false,
      })),
    ),
    shareReplay({ bufferSize: 1, refCount: true }),
  )
  return {
    talks: false,
    players$,
    kick: (row) => ifHere(row, () => server.kick(row.id)),
    banPlayer: (row, minutes, reason) => ifHere(row, () => server.ban(row.id, minutes, reason)),
    ban: (target, minutes, reason) => server.ban(target, minutes, reason),
    whisper: () => EMPTY,
    fetchBans: () =>
      server.fetchBans().pipe(
        map((bans) =>
          bans.map(({ target, name, reason, minutesLeft }) => ({
            target,
            name,
            reason,
            minutesLeft: reason === undefined ? undefined : (minutesLeft ?? null),
            lift: () => server.unban(target),
          })),
        ),
      ),
  }
}
