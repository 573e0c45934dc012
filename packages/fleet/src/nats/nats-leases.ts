import type { KV, KvEntry } from '@nats-io/kv'
import type { Lease, LeaseChange, Leases } from '../leases.js'
import { isCount, recordIn } from '../wire/record.js'
import { watchKeys } from './key-watch.js'

// The store expires a lease by its own clock, somewhat late; to be told so it would have to be 2.11.
const [EXPIRY_MARGIN, SWEEPS] = [1.05, 12]

/**
 * Leases as keys of a bucket whose entries live as long as a lease: taken by creating, renewed by updating the known
 * revision. The revision of the take is the epoch.
 */
export class NatsLeases implements Leases {
  readonly leaseMs: number
  readonly #bucket: KV
  // The last revision of each lease that is held here.
  readonly #revisions = new Map<string, { readonly epoch: number; readonly revision: number }>()

  /** @param bucket Its `ttl` is the life of a lease. */
  constructor(bucket: KV, leaseMs: number) {
    this.#bucket = bucket
    this.leaseMs = leaseMs
  }

  async take(server: string, owner: string): Promise<Lease | undefined> {
    const value = entryText({ owner })
    const revision = await this.#bucket.create(server, value).catch(async (error: unknown) => {
      if (!isWrongRevision(error)) throw error
      const held = leaseIn(await this.#bucket.get(server))
      if (held !== undefined && held.lease.owner !== owner) return undefined
      // Its own, of a take that it does not know to have succeeded.
      return held === undefined
        ? undefined
        : this.#bucket.update(server, value, held.revision, this.#timeoutMs)
    })
    if (revision === undefined) return undefined
    this.#revisions.set(server, { epoch: revision, revision })
    return { server, owner, epoch: revision }
  }

  async renew(lease: Lease): Promise<boolean> {
    const { server, owner, epoch } = lease
    const value = entryText({ owner, epoch })
    const known = this.#revisions.get(server)
    const last = known?.epoch === epoch ? known.revision : await this.#revisionOf(lease)
    if (last === undefined) return false
    try {
      this.#note(lease, await this.#bucket.update(server, value, last, this.#timeoutMs))
      return true
    } catch (error) {
      if (!isWrongRevision(error)) throw error
    }
    // The last renewal may have succeeded although its answer did not come.
    const current = await this.#revisionOf(lease)
    if (current === undefined || current === last) return false
    this.#note(lease, await this.#bucket.update(server, value, current, this.#timeoutMs))
    return true
  }

  async release(lease: Lease): Promise<void> {
    const previousSeq = await this.#revisionOf(lease)
    this.#revisions.delete(lease.server)
    if (previousSeq === undefined) return
    await this.#bucket.delete(lease.server, { previousSeq }).catch((error: unknown) => {
      if (!isWrongRevision(error)) throw error
    })
  }

  watch(listener: (change: LeaseChange) => void): () => void {
    const seenAt = new Map<string, { readonly at: number; readonly epoch: number }>()
    const free = (server: string) => {
      if (seenAt.delete(server)) listener({ type: 'free', server })
    }
    const stop = watchKeys(this.#bucket, {
      onEntry: (entry) => {
        const { lease } = leaseIn(entry) ?? {}
        if (lease === undefined) return free(entry.key)
        const isNew = seenAt.get(entry.key)?.epoch !== lease.epoch
        seenAt.set(entry.key, { at: performance.now(), epoch: lease.epoch })
        if (isNew) listener({ type: 'held', lease })
      },
      onComplete: () => listener({ type: 'complete' }),
    })
    const sweep = setInterval(() => {
      const expired = performance.now() - this.leaseMs * EXPIRY_MARGIN
      for (const [server, { at }] of seenAt) if (at < expired) free(server)
    }, this.leaseMs / SWEEPS)
    sweep.unref()
    return () => {
      clearInterval(sweep)
      stop()
    }
  }

  get #timeoutMs(): number {
    return this.leaseMs / 3
  }

  #note({ server, epoch }: Lease, revision: number): void {
    this.#revisions.set(server, { epoch, revision })
  }

  /** The revision that the lease has in the store, nothing if it is not there any more. */
  async #revisionOf({ server, owner, epoch }: Lease): Promise<number | undefined> {
    const held = leaseIn(await this.#bucket.get(server))
    return held?.lease.owner === owner && held.lease.epoch === epoch ? held.revision : undefined
  }
}

function entryText(value: { readonly owner: string; readonly epoch?: number }): string {
  return JSON.stringify(value)
}

function leaseIn(entry: KvEntry | null): { readonly lease: Lease; readonly revision: number } | undefined {
  if (entry === null || entry.operation !== 'PUT') return undefined
  const { owner, epoch } = recordIn(entry.string()) ?? {}
  if (typeof owner !== 'string') return undefined
  const { key: server, revision } = entry
  return { lease: { server, owner, epoch: isCount(epoch) ? epoch : revision }, revision }
}

// Of JetStream: another revision than the expected one is the last.
const WRONG_REVISION: readonly unknown[] = [10_071, 10_164]

function isWrongRevision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && WRONG_REVISION.includes(error.code)
}
