import {
  catchError,
  exhaustMap,
  from,
  map,
  type Observable,
  of,
  scan,
  shareReplay,
  startWith,
  timer,
} from 'rxjs'
import { request } from './http.js'
import { sentenceOf } from './problem.js'
import type { Game } from './session.js'

const EVERY_MS = 2_000

/** One server as the gateway lists it. */
interface ListedServer {
  readonly name: string
  readonly game: Game
  readonly state: string
  readonly players: number | null
  readonly roundTripMs: number | null
  readonly inFlight: number
  readonly queued: number
  readonly datagrams: { readonly sent: number; readonly resent: number }
  readonly lastLine: { readonly at: number; readonly text: string } | null
}

/** The newest list, with what keeps it from being newer. */
export interface ServerList {
  readonly servers?: readonly ListedServer[] | undefined
  readonly failure?: string | undefined
}

/** The list of servers, asked for again and again while somebody looks. */
export const servers$: Observable<ServerList> = timer(0, EVERY_MS).pipe(
  exhaustMap(() =>
    from(request<{ readonly servers: readonly ListedServer[] }>('api/servers')).pipe(
      map(({ servers }): ServerList => ({ servers })),
      catchError((error: unknown) => of<ServerList>({ failure: sentenceOf(error) })),
    ),
  ),
  // A list stays on the page while the gateway restarts.
  scan((before, now) => ({ servers: before.servers, ...now }), {} as ServerList),
  startWith({}),
  shareReplay({ bufferSize: 1, refCount: true }),
)
