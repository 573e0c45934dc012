import type { Lease, LeaseChange } from '../leases.js'

/** What a worker knows of the leases, from the changes that it hears of. */
export class LeaseView {
  readonly #held = new Map<string, Lease>()
  readonly #freeSince = new Map<string, number>()
  #completeAt: number | undefined

  /** Whether all leases have been heard of that were held at the beginning. */
  get isComplete(): boolean {
    return this.#completeAt !== undefined
  }

  follow(change: LeaseChange, now: number): void {
    switch (change.type) {
      case 'held':
        this.#held.set(change.lease.server, change.lease)
        this.#freeSince.delete(change.lease.server)
        break
      case 'free':
        if (this.#held.delete(change.server)) this.#freeSince.set(change.server, now)
        break
      default:
        this.#completeAt ??= now
    }
  }

  /** The lease of a server, nothing while it is free. */
  leaseOf(server: string): Lease | undefined {
    return this.#held.get(server)
  }

  /** Since when a server is free, by the worker's clock. */
  freeSince(server: string): number {
    return this.#freeSince.get(server) ?? this.#completeAt ?? Number.POSITIVE_INFINITY
  }
}
