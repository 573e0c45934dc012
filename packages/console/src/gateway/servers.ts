import { from, map, type Observable } from 'rxjs'
import { poll } from '../live/poll.js'
import { request } from './http.js'
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

/** The list of servers, asked for again and again while somebody looks; it stays while the gateway restarts. */
export const servers$: Observable<ServerList> = poll(
  () => from(request<{ readonly servers: readonly ListedServer[] }>('api/servers')),
  EVERY_MS,
).state$.pipe(map(({ value, failure }) => ({ servers: value?.servers, failure })))
