import { map, type Observable, pairwise, scan, shareReplay, throttleTime } from 'rxjs'
import { type ListedServer, servers$ } from '../gateway/servers.js'

/** What the plots show of one moment. */
export interface Sample {
  /** In ms since 1970. */
  readonly at: number
  readonly players: number | null
  readonly roundTripMs: number | null
  /** Datagrams sent again since the sample before. */
  readonly repeats: number | null
}

const EVERY_MS = 10_000
/** Six hours. */
const MAX_SAMPLES = 2_160

type Samples = ReadonlyMap<string, readonly Sample[]>

/** The samples of every server since the page was opened, by name. */
export const samples$: Observable<Samples> = servers$.pipe(
  throttleTime(EVERY_MS - 1_000),
  map(({ servers = [], failure }) => (failure === undefined ? servers : [])),
  pairwise(),
  scan((samples: Samples, [before, now]) => withSamples(samples, before, now), new Map()),
  shareReplay({ bufferSize: 1, refCount: false }),
)

function withSamples(
  samples: Samples,
  before: readonly ListedServer[],
  now: readonly ListedServer[],
): Samples {
  const next = new Map(samples)
  for (const server of now) {
    const { resent } = before.find(({ name }) => name === server.name)?.datagrams ?? server.datagrams
    const online = server.state === 'connected'
    const sample: Sample = {
      at: Date.now(),
      players: online ? server.players : null,
      roundTripMs: online ? server.roundTripMs : null,
      repeats: Math.max(0, server.datagrams.resent - resent),
    }
    next.set(server.name, [...(samples.get(server.name) ?? []).slice(-(MAX_SAMPLES - 1)), sample])
  }
  return next
}
