import { reforger } from '@bercon/reforger'
import type { RxRconClient } from '@bercon/rx'
import { catchError, EMPTY, exhaustMap, map, type Observable, shareReplay, timer } from 'rxjs'
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
  kick(player: PlayerRow, reason: string): Observable<unknown>
  ban(target: number | string, minutes: number | undefined, reason: string): Observable<unknown>
  whisper(player: PlayerRow, message: string): Observable<unknown>
  fetchBans(): Observable<readonly BanRow[]>
}

export function moderationOf(client: RxRconClient, game: Game): Moderation {
  return game === 'reforger' ? reforgerModeration(client) : battleyeModeration(client)
}

function battleyeModeration(client: RxRconClient): Moderation {
  return {
    talks: true,
    players$: client.players$.pipe(
      map((players) =>
        players.map(({ id, name, guid, isGuidValid, ip, ping, inLobby }) => ({
          id,
          name,
          identity: guid,
          isVerified: isGuidValid,
          ip,
          ping: ping < 0 ? undefined : ping,
          inLobby,
        })),
      ),
    ),
    kick: ({ id }, reason) => client.kick(id, reason),
    ban: (target, minutes, reason) => client.ban(target, minutes, reason),
    whisper: ({ id }, message) => client.whisper(id, message),
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
  const players$ = timer(0, LIST_MS).pipe(
    exhaustMap(() => server.fetchPlayers({ timeoutMs: TIMEOUT_MS }).pipe(catchError(() => EMPTY))),
    map((players) =>
      players.map(({ id, name, identityId, guid }) => ({
        id,
        name,
        identity: identityId ?? guid,
        isVerified: undefined,
        ip: undefined,
        ping: undefined,
        inLobby: false,
      })),
    ),
    shareReplay({ bufferSize: 1, refCount: true }),
  )
  return {
    talks: false,
    players$,
    kick: ({ id }) => server.kick(id),
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
