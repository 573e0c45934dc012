import { type ClientClock, systemClock } from '@bercon/client'
import type { Lease, LeaseChange, Leases } from '../leases.js'

interface Held {
  readonly lease: Lease
  /** Cancels its expiry. */
  readonly cancel: () => void
}

/** How long a lease lives if nobody says otherwise, in ms. */
export const DEFAULT_LEASE_MS = 6_000

/** Leases within one process. */
export class MemoryLeases implements Leases {
  readonly leaseMs: number
  readonly #clock: ClientClock
  readonly #held = new Map<string, Held>()
  readonly #listeners = new Set<(change: LeaseChange) => void>()
  #epoch = 0

  constructor(leaseMs: number = DEFAULT_LEASE_MS, clock: ClientClock = systemClock) {
    this.leaseMs = leaseMs
    this.#clock = clock
  }

  async take(server: string, owner: string): Promise<Lease | undefined> {
    const held = this.#held.get(server)
    if (held !== undefined && held.lease.owner !== owner) return undefined
    const lease = { server, owner, epoch: ++this.#epoch }
    this.#hold(lease)
    this.#report({ type: 'held', lease })
    return lease
  }

  async renew(lease: Lease): Promise<boolean> {
    if (!this.#isHeld(lease)) return false
    this.#hold(lease)
    return true
  }

  async release(lease: Lease): Promise<void> {
    if (this.#isHeld(lease)) this.#free(lease.server)
  }

  watch(listener: (change: LeaseChange) => void): () => void {
    this.#listeners.add(listener)
    const now = [...this.#held.values()].map(({ lease }): LeaseChange => ({ type: 'held', lease }))
    queueMicrotask(() => {
      for (const change of [...now, { type: 'complete' } as const])
        if (this.#listeners.has(listener)) listener(change)
    })
    return () => this.#listeners.delete(listener)
  }

  #isHeld({ server, epoch }: Lease): boolean {
    return this.#held.get(server)?.lease.epoch === epoch
  }

  #hold(lease: Lease): void {
    this.#held.get(lease.server)?.cancel()
    const cancel = this.#clock.setTimer(() => this.#free(lease.server), this.leaseMs)
    this.#held.set(lease.server, { lease, cancel })
  }

  #free(server: string): void {
    this.#held.get(server)?.cancel()
    this.#held.delete(server)
    this.#report({ type: 'free', server })
  }

  #report(change: LeaseChange): void {
    for (const listener of this.#listeners)
      queueMicrotask(() => {
        if (this.#listeners.has(listener)) listener(change)
      })
  }
}
