import type { ClientClock } from '@bercon/client'
import type { ServerList } from './server-list.js'
import { playersKnown } from './server-status.js'

/** How a server was at one moment. */
export interface HistorySample {
  /** In ms since 1970. */
  readonly at: number
  /** `null` while there is no login, and where only a command says so. */
  readonly players: number | null
  readonly roundTripMs: number | null
  /** Datagrams sent again since the sample before. */
  readonly resent: number
}

const EVERY_MS = 30_000
// Six hours.
const MAX_SAMPLES = 720

/** How the servers were in the last hours: a sample every 30 s, for six hours, for plots. */
export class ServerHistory {
  readonly #servers: ServerList
  readonly #clock: ClientClock
  #samples: ReadonlyMap<string, { readonly resent: number; readonly samples: readonly HistorySample[] }> =
    new Map()
  #cancel: () => void = () => {}

  constructor(servers: ServerList, clock: ClientClock) {
    this.#servers = servers
    this.#clock = clock
    this.#wait()
  }

  /** The samples of a server, oldest first. */
  of(name: string): readonly HistorySample[] {
    return this.#samples.get(name)?.samples ?? []
  }

  stop(): void {
    this.#cancel()
  }

  #wait(): void {
    this.#cancel = this.#clock.setTimer(() => {
      this.#sample(this.#clock.wallNow())
      this.#wait()
    }, EVERY_MS)
  }

  // A server that is no longer in the pool takes its samples with it.
  #sample(at: number): void {
    const next = this.#servers.all().map((server) => {
      const { resent, smoothedRoundTripMs = null } = server.client.statistics
      const before = this.#samples.get(server.name) ?? { resent, samples: [] }
      const sample: HistorySample = {
        at,
        players: playersKnown(server),
        roundTripMs: server.client.isConnected() ? smoothedRoundTripMs : null,
        resent: Math.max(0, resent - before.resent),
      }
      return [server.name, { resent, samples: [...before.samples.slice(1 - MAX_SAMPLES), sample] }] as const
    })
    this.#samples = new Map(next)
  }
}
