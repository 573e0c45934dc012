import type { KvEntry } from '@nats-io/kv'
import type { Lease, LeaseChange } from '../leases.js'
import { type LastingWatch, type Watch, watchKeys } from './key-watch.js'
import type { NatsLink } from './nats-link.js'

/** What a watch of the leases is made of. */
export interface LeaseWatchParts {
  readonly link: NatsLink
  readonly leaseMs: number
  readonly open: () => Promise<Watch>
  /** The lease that an entry stands for, nothing for one that is free. */
  readonly leaseIn: (entry: KvEntry) => Lease | undefined
}

/** When a lease was heard of for the first time as it is, and in which watch for the last time. */
interface Seen {
  readonly at: number
  readonly epoch: number
  /** Of its last renewal, as far as the watch knows. */
  readonly revision: number
  readonly watch: number
}

// The store expires a lease by its own clock, somewhat late; only from 2.11 on it reports that.
const [EXPIRY_MARGIN, SWEEPS] = [1.05, 12]
// In lives of a lease; each is renewed twice in it. The one server of a cluster that sends the changes may have died.
const SILENCE_SHARE = 0.75

/** Reports what happens to the leases of a bucket. Nobody says when one expires: it is not renewed any more. */
export class LeaseWatch {
  readonly #listener: (change: LeaseChange) => void
  readonly #seen = new Map<string, Seen>()
  readonly #watched: LastingWatch
  readonly #stopSweep: () => void
  #heardAt = 0
  // Of the watches that were begun one after the other.
  #watch = 0
  #state: 'beginning' | 'complete' = 'beginning'

  constructor({ link, leaseMs, open, leaseIn }: LeaseWatchParts, listener: (change: LeaseChange) => void) {
    this.#listener = listener
    this.#watched = watchKeys(open, link, {
      onBegin: () => {
        this.#watch++
        this.#state = 'beginning'
      },
      onEntry: (entry) => {
        this.#heardAt = performance.now()
        const lease = leaseIn(entry)
        if (lease === undefined) this.#free(entry.key)
        else this.#hold(lease, entry.revision)
      },
      onComplete: () => this.#complete(),
    })
    const sweep = setInterval(() => {
      // A watch that hears nothing knows nothing: leases may have been renewed.
      if (this.#state === 'complete' && link.isUp) this.#sweep(leaseMs)
    }, leaseMs / SWEEPS)
    sweep.unref()
    this.#stopSweep = () => clearInterval(sweep)
  }

  /** Somebody has come upon a lease, of which the watch may have heard already, or of a later one. */
  hear(lease: Lease): void {
    if (lease.epoch > (this.#seen.get(lease.server)?.epoch ?? 0)) this.#hold(lease, 0)
  }

  stop(): void {
    this.#watched.stop()
    this.#stopSweep()
  }

  #hold(lease: Lease, revision: number): void {
    const { server, epoch } = lease
    const known = this.#seen.get(server)
    const isNew = known?.epoch !== epoch
    // A watch that begins again reports a lease again that was not renewed since.
    const at = !isNew && known.revision === revision ? known.at : performance.now()
    this.#seen.set(server, { at, epoch, revision, watch: this.#watch })
    if (isNew) this.#listener({ type: 'held', lease })
  }

  #free(server: string): void {
    if (this.#seen.delete(server)) this.#listener({ type: 'free', server })
  }

  #complete(): void {
    this.#state = 'complete'
    this.#heardAt = performance.now()
    for (const [server, { watch }] of this.#seen) if (watch !== this.#watch) this.#free(server)
    this.#listener({ type: 'complete' })
  }

  #sweep(leaseMs: number): void {
    const now = performance.now()
    if (this.#seen.size > 0 && now - this.#heardAt > leaseMs * SILENCE_SHARE) {
      this.#state = 'beginning'
      this.#watched.restart()
      return
    }
    const expired = now - leaseMs * EXPIRY_MARGIN
    for (const [server, { at }] of this.#seen) if (at < expired) this.#free(server)
  }
}
