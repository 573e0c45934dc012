import { from, map, type Observable } from 'rxjs'
import { request } from '../gateway/http.js'
import { poll } from './poll.js'

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
  readonly samples?: readonly Sample[] | undefined
  readonly failure?: string | undefined
}

const EVERY_MS = 15_000

/** The samples that the gateway keeps of a server, for the last six hours, asked for again and again. */
export function samplesOf(serverName: string): Observable<Samples> {
  const path = `api/servers/${encodeURIComponent(serverName)}/history`
  return poll(() => from(request<{ readonly samples: readonly Sample[] }>(path)), EVERY_MS).state$.pipe(
    map(({ value, failure }) => ({ samples: value?.samples, failure })),
  )
}
