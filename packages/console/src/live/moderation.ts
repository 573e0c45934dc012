import { isSamePlayer } from '@bercon/core/kit'
import { type ReforgerPlayer, reforger } from '@bercon/reforger'
import type { Player, RxRconClient } from '@bercon/rx'
import { catchError, combineLatest, EMPTY, map, type Observable, switchMap, tap, throwError } from 'rxjs'
import { sentenceOf } from '../gateway/problem.js'
import type { Game } from '../gateway/session.js'
import type { LiveServer } from './live-server.js'
import { poll } from './poll.js'

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

/** The players as far as the page knows them, and what keeps it from knowing more. */
interface PlayerList {
  /** Nothing before the first list. */
  readonly players?: readonly PlayerRow[] | undefined
  readonly failure?: string | undefined
}

/** What can be done at a server, whichever game it runs. */
export interface Moderation {
  readonly players$: Observable<PlayerList>
  /** Asks for the players now. */
  refreshPlayers(): void
  /** Whether a kick has a reason, and players can be whispered to. */
  readonly talks: boolean
  /**
   * This and the next two ask for a fresh list first. They fail with {@link NothingSentError} without one, and if another
   * player has the number by now.
   */
  kick(player: PlayerRow, reason: string): Observable<unknown>
  banPlayer(player: PlayerRow, minutes: number | undefined, reason: string): Observable<unknown>
  whisper(player: PlayerRow, message: string): Observable<unknown>
  /** Bans a GUID or IP address, or Reforger's identity id. */
  ban(target: string, minutes: number | undefined, reason: string): Observable<unknown>
  fetchBans(): Observable<readonly BanRow[]>
}

/** Nothing was sent about a player, because their number may be another player's by now. */
class NothingSentError extends Error {
  override readonly name = 'NothingSentError'

  constructor(reason: 'left' | { readonly unlisted: unknown }) {
    super(
      reason === 'left'
        ? 'This player has left the server, so nothing was sent'
        : `Nothing was sent, because the server's list of players could not be read first: ${sentenceOf(reason.unlisted)}`,
    )
  }
}

/** Acts only if a fresh list has the same player: lines about who left may have been lost. */
function ifHere<T>(
  list: Observable<readonly T[]>,
  isSame: (player: T) => boolean,
  act: () => Observable<unknown>,
): Observable<unknown> {
  return list.pipe(
    catchError((error: unknown) => throwError(() => new NothingSentError({ unlisted: error }))),
    switchMap((players) => {
      if (!players.some(isSame)) throw new NothingSentError('left')
      return act()
    }),
  )
}

export function moderationOf(server: LiveServer, game: Game): Moderation {
  return game === 'reforger' ? reforgerModeration(server.client) : battleyeModeration(server)
}

function battleyeModeration({ client, list }: LiveServer): Moderation {
  const ifSame = (row: PlayerRow, act: () => Observable<unknown>) =>
    ifHere(
      client.fetchPlayers({ timeoutMs: TIMEOUT_MS }),
      (player) => player.id === row.id && isSamePlayer({ ...row, guid: row.identity }, player),
      act,
    )
  return {
    talks: true,
    players$: combineLatest([list.state$, client.players$]).pipe(
      map(([{ value, failure }, players]) => ({
        players: value === undefined ? undefined : players.map(battleyeRow),
        failure,
      })),
    ),
    refreshPlayers: () => list.again(),
    kick: (row, reason) => ifSame(row, () => client.kick(row.id, reason)),
    banPlayer: (row, minutes, reason) => ifSame(row, () => client.ban(row.id, minutes, reason)),
    whisper: (row, message) => ifSame(row, () => client.whisper(row.id, message)),
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
  const list = poll(() => server.fetchPlayers({ timeoutMs: TIMEOUT_MS }), LIST_MS)
  const act = (row: PlayerRow, command: () => Observable<unknown>) =>
    ifHere(
      server.fetchPlayers({ timeoutMs: TIMEOUT_MS }),
      ({ id, name, identityId, guid }) =>
        id === row.id && name === row.name && (identityId ?? guid) === row.identity,
      command,
      // No line says that somebody has left.
    ).pipe(tap({ complete: () => list.again() }))
  return {
    talks: false,
    players$: list.state$.pipe(map(({ value, failure }) => ({ players: value?.map(reforgerRow), failure }))),
    refreshPlayers: () => list.again(),
    kick: (row) => act(row, () => server.kick(row.id)),
    banPlayer: (row, minutes, reason) => act(row, () => server.ban(row.id, minutes, reason)),
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

function battleyeRow({ id, name, guid, isGuidValid, ip, port, ping, inLobby }: Player): PlayerRow {
  return {
    id,
    name,
    identity: guid,
    isVerified: isGuidValid,
    ip,
    port,
    ping: ping < 0 ? undefined : ping,
    inLobby,
  }
}

function reforgerRow({ id, name, identityId, guid }: ReforgerPlayer): PlayerRow {
  return {
    id,
    name,
    identity: identityId ?? guid,
    isVerified: undefined,
    ip: undefined,
    port: undefined,
    ping: undefined,
    inLobby: false,
  }
}
