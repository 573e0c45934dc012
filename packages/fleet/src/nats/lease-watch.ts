import type { KvEntry } from '@nats-io/kv'
import type { Lease, LeaseChange } from '../leases.js'
import { type Watch, watchKeys } from './key-watch.js'
import type { NatsLink } from './nats-link.js'

/** What a watch of the leases is made of. */
export interface LeaseWatchParts {
  readonly link: NatsLink
  readonly leaseMs: number
  readonly open: () => Promise<Watch>
  /** The lease that an entry stands for, nothing for one that is free. */
  readonly leaseIn: (entry: KvEntry) => Lease | undefined
}

/** When, with which epoch and in which watch a lease was heard of for the last time. */
interface Seen {
  readonly at: number
  readonly epoch: number
  readonly watch: number
}

// The store expires a lease by its own clock, somewhat late; to be told so it would have to be 2.11.
const [EXPIRY_MARGIN, SWEEPS] = [1.05, 12]

/** Reports what happens to the leases of a bucket. Nobody says when one expires: it is not renewed any more. */
export class LeaseWatch {
  readonly #listener: (change: LeaseChange) => void
  readonly #seen = new Map<string, Seen>()
  readonly #stops: readonly (() => void)[]
  // Of the watches that were begun one after the other.
  #watch = 0
  #state: 'beginning' | 'complete' = 'beginning'

  constructor({ link, leaseMs, open, leaseIn }: LeaseWatchParts, listener: (change: LeaseChange) => void) {
    this.#listener = listener
    const stopWatch = watchKeys(open, link, {
      onBegin: () => {
        this.#watch++
        this.#state = 'beginning'
      },
      onEntry: (entry) => {
        const lease = leaseIn(entry)
        if (lease === undefined) this.#free(entry.key)
        else this.#hold(lease)
      },
      onComplete: () => this.#complete(),
    })
    const sweep = setInterval(() => {
      // A watch that hears nothing knows nothing: leases may have been renewed.
      if (this.#state === 'complete' && link.isUp) this.#sweep(performance.now() - leaseMs * EXPIRY_MARGIN)
    }, leaseMs / SWEEPS)
    sweep.unref()
    this.#stops = [stopWatch, () => clearInterval(sweep)]
  }

  /** Somebody has come upon a lease, of which the watch may have heard already, or of a later one. */
  hear(lease: Lease): void {
    if (lease.epoch > (this.#seen.get(lease.server)?.epoch ?? 0)) this.#hold(lease)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #hold(lease: Lease): void {
    const isNew = this.#seen.get(lease.server)?.epoch !== lease.epoch
    this.#seen.set(lease.server, { at: performance.now(), epoch: lease.epoch, watch: this.#watch })
    if (isNew) this.#listener({ type: 'held', lease })
  }

  #free(server: string): void {
    if (this.#seen.delete(server)) this.#listener({ type: 'free', server })
  }

  #complete(): void {
    this.#state = 'complete'
    for (const [server, { watch }] of this.#seen) if (watch !== this.#watch) this.#free(server)
    this.#listener({ type: 'complete' })
  }

  #sweep(expired: number): void {
    for (const [server, { at }] of this.#seen) if (at < expired) this.#free(server)
  }
}
