/** That an owner holds a server, until it expires. */
export interface Lease {
  readonly server: string
  readonly owner: string
  /** Grows with every take, of any server: the greater one is the later one. */
  readonly epoch: number
}

/** What happens to the lease of a server: somebody holds it, or nobody does. */
export type LeaseChange =
  | { readonly type: 'held'; readonly lease: Lease }
  | { readonly type: 'free'; readonly server: string }
  /** All that was held when the watch began, or began again after a break, has been reported. */
  | { readonly type: 'complete' }

/**
 * Who holds which server. A lease expires `leaseMs` after it was taken or renewed for the last time, never earlier; at any
 * time there is one at most for each server. Every method rejects when the store cannot be reached; whether it has done
 * what it was asked for is unknown then.
 */
export interface Leases {
  /** How long a lease lives without being renewed, in ms. */
  readonly leaseMs: number
  /** Takes a lease that is free, or held by this owner already, with a new epoch; nothing if another holds it. */
  take(server: string, owner: string): Promise<Lease | undefined>
  /** Renews a lease; returns `false` if it is no more, or was taken again since. */
  renew(lease: Lease): Promise<boolean>
  /** Frees a lease; has no effect if it is no more, or was taken again since. */
  release(lease: Lease): Promise<void>
  /** Calls the listener with every lease that is held, then with each change; returns what ends that. */
  watch(listener: (change: LeaseChange) => void): () => void
}
