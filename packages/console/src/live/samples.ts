import { catchError, exhaustMap, from, map, type Observable, of, timer } from 'rxjs'
import { request } from '../gateway/http.js'
import { sentenceOf } from '../gateway/problem.js'

/** What the plots show of one moment. */
export interface Sample {
  /** In ms since 1970. */
  readonly at: number
  readonly players: number | null
  readonly roundTripMs: number | null
  /** Datagrams sent again since the sample before. */
  readonly resent: number
}

/** The samples of a server, or what keeps them from the page. */
export interface Samples {
  readonly samples?: readonly Sample[]
  readonly failure?: string
}

const EVERY_MS = 15_000

/** The samples that the gateway keeps of a server, for the last six hours, asked for again and again. */
export function samplesOf(serverName: string): Observable<Samples> {
  const path = `api/servers/${encodeURIComponent(serverName)}/history`
  return timer(0, EVERY_MS).pipe(
    exhaustMap(() =>
      from(request<{ readonly samples: readonly Sample[] }>(path)).pipe(
        map(({ samples }): Samples => ({ samples })),
        catchError((error: unknown) => of<Samples>({ failure: sentenceOf(error) })),
      ),
    ),
  )
}
