import type { KV, KvEntry } from '@nats-io/kv'
import type { Lease, LeaseChange, Leases } from '../leases.js'
import { isCount, recordIn } from '../wire/record.js'
import { LeaseWatch } from './lease-watch.js'
import type { NatsLink } from './nats-link.js'

/** The bucket of the leases as it is now. It is in memory, so NATS forgets it when it ends. */
export interface LeaseBucket {
  /** Its `ttl` is the life of a lease. */
  readonly bucket: KV
  /** When it was created, in ms. */
  readonly createdAt: number
}

/** A value for a key, and the revision that it must follow. */
interface Write {
  readonly server: string
  readonly value: string
  readonly last: number
}

const [TIMEOUT_SHARE, OPEN_SHARE] = [1 / 3, 1 / 6]
// A new bucket counts from 1 again. Fewer revisions than that are written in 1 ms, so its epochs are greater than those before.
const EPOCHS_PER_MS = 1_000

/**
 * Leases as keys of a bucket whose entries live as long as a lease: taken by creating, renewed by updating the known
 * revision. The revision of the take, counted on from the bucket's creation, is the epoch.
 */
export class NatsLeases implements Leases {
  readonly leaseMs: number
  readonly #link: NatsLink
  readonly #openBucket: () => Promise<LeaseBucket>
  #opened: Promise<LeaseBucket> | undefined
  // The one that is open since the connection was lost or back the last time.
  #current: LeaseBucket | undefined
  // The highest revision of that one that is known.
  #highest = 0
  // The last revision of each lease that is held here.
  readonly #revisions = new Map<string, { readonly epoch: number; readonly revision: number }>()
  readonly #watches = new Set<LeaseWatch>()

  /** @param openBucket Opens the bucket; called when it is needed first, and again each time NATS is back. */
  constructor(leaseMs: number, link: NatsLink, openBucket: () => Promise<LeaseBucket>) {
    this.leaseMs = leaseMs
    this.#link = link
    this.#openBucket = openBucket
    link.onChange(() => this.#forget())
  }

  async take(server: string, owner: string): Promise<Lease | undefined> {
    const opened = await this.open()
    const value = entryText({ owner })
    const revision =
      (await this.#put(opened, { server, value, last: 0 })) ?? (await this.#retake(opened, server, owner))
    if (revision === undefined) return undefined
    const epoch = epochOf(opened, revision)
    this.#revisions.set(server, { epoch, revision })
    return { server, owner, epoch }
  }

  async renew(lease: Lease): Promise<boolean> {
    const opened = await this.open()
    const { server, owner, epoch } = lease
    // Of a bucket that NATS has forgotten; its revisions stand for others now.
    if (epoch < epochOf(opened, 0)) return false
    const value = entryText({ owner, epoch })
    const known = this.#revisions.get(server)
    const last = known?.epoch === epoch ? known.revision : await this.#revisionOf(opened, lease)
    if (last === undefined) return false
    let revision = await this.#put(opened, { server, value, last })
    if (revision === undefined) {
      // The last renewal may have succeeded although its answer did not come.
      const current = await this.#revisionOf(opened, lease)
      if (current === undefined || current === last) return false
      revision = await this.#put(opened, { server, value, last: current })
    }
    // An earlier renewal has come in only now: nobody else writes it.
    if (revision === undefined) throw new Error('The lease was renewed meanwhile')
    this.#revisions.set(server, { epoch, revision })
    return true
  }

  async release(lease: Lease): Promise<void> {
    const opened = await this.open()
    const previousSeq = await this.#revisionOf(opened, lease)
    this.#revisions.delete(lease.server)
    if (previousSeq === undefined) return
    await opened.bucket.delete(lease.server, { previousSeq }).catch((error: unknown) => {
      if (!isWrongRevision(error)) throw error
    })
  }

  watch(listener: (change: LeaseChange) => void): () => void {
    let opened: LeaseBucket | undefined
    const open = async () => {
      opened = await this.open()
      return opened.bucket.watch()
    }
    const leaseIn = (entry: KvEntry) => {
      if (opened === this.#current) this.#highest = Math.max(this.#highest, entry.revision)
      const bucket = this.#current ?? opened
      return bucket === undefined ? undefined : heldIn(entry, bucket)?.lease
    }
    const watch = new LeaseWatch({ link: this.#link, leaseMs: this.leaseMs, open, leaseIn }, listener)
    this.#watches.add(watch)
    return () => {
      this.#watches.delete(watch)
      watch.stop()
    }
  }

  /** Opens the bucket if it is not open, in a sixth of a lease's life unless it may take longer. Rejects while there is no connection: what is sent then waits, and is too old later. */
  async open(patienceMs: number = this.leaseMs * OPEN_SHARE): Promise<LeaseBucket> {
    this.#link.check()
    this.#opened ??= this.#openBucket()
    const opened = this.#opened
    try {
      // A cluster without a leader does not answer, nor later; the library would wait for 5 s.
      const bucket = await inTime(opened, patienceMs)
      if (this.#opened !== opened) throw changedMeanwhile()
      this.#current = bucket
      return bucket
    } catch (error) {
      if (this.#opened === opened) this.#opened = undefined
      throw error
    }
  }

  /** Takes a lease that was released, or is its own of a take that it does not know to have succeeded. */
  async #retake(opened: LeaseBucket, server: string, owner: string): Promise<number | undefined> {
    const entry = await opened.bucket.get(server)
    const held = heldIn(entry, opened)
    if (held === undefined || held.lease.owner === owner)
      return entry === null
        ? undefined
        : this.#put(opened, { server, value: entryText({ owner }), last: entry.revision })
    for (const watch of this.#watches) watch.hear(held.lease)
    return undefined
  }

  /** Writes if the revision is the last; returns the new one, nothing if another is. */
  async #put(opened: LeaseBucket, { server, value, last }: Write): Promise<number | undefined> {
    const timeout = this.leaseMs * TIMEOUT_SHARE
    this.#checkCurrent(opened)
    try {
      const known = this.#highest
      const revision = await opened.bucket.put(server, value, { previousSeq: last, timeout })
      this.#checkCurrent(opened)
      // Not of the bucket that was opened: that one was deleted, and somebody has created another.
      if (revision <= known) {
        this.#forget()
        throw changedMeanwhile()
      }
      this.#highest = Math.max(this.#highest, revision)
      return revision
    } catch (error) {
      if (isWrongRevision(error)) return undefined
      if (isOfNoBucket(error) && this.#current === opened) this.#forget()
      throw error
    }
  }

  /** Opens the bucket again at the next call, because it may be another one. */
  #forget(): void {
    this.#opened = undefined
    this.#current = undefined
    this.#highest = 0
  }

  /** A revision counts from the creation of its bucket, and NATS may have another one of that name now. */
  #checkCurrent(opened: LeaseBucket): void {
    if (this.#current !== opened) throw changedMeanwhile()
  }

  /** The revision that the lease has in the store, nothing if it is not there any more. */
  async #revisionOf(opened: LeaseBucket, { server, owner, epoch }: Lease): Promise<number | undefined> {
    const held = heldIn(await opened.bucket.get(server), opened)
    return held?.lease.owner === owner && held.lease.epoch === epoch ? held.revision : undefined
  }
}

async function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The bucket of the leases cannot be reached')), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function changedMeanwhile(): Error {
  return new Error('The connection to NATS, or the bucket, was lost meanwhile')
}

/** Whether nobody has answered for the bucket, as when it was deleted. */
function isOfNoBucket(error: unknown): boolean {
  return error instanceof Error && error.name === 'JetStreamNotEnabled'
}

function epochOf({ createdAt }: LeaseBucket, revision: number): number {
  return createdAt * EPOCHS_PER_MS + revision
}

function entryText(value: { readonly owner: string; readonly epoch?: number }): string {
  return JSON.stringify(value)
}

function heldIn(
  entry: KvEntry | null,
  opened: LeaseBucket,
): { readonly lease: Lease; readonly revision: number } | undefined {
  if (entry === null || entry.operation !== 'PUT') return undefined
  const { owner, epoch } = recordIn(entry.string()) ?? {}
  if (typeof owner !== 'string') return undefined
  const { key: server, revision } = entry
  return { lease: { server, owner, epoch: isCount(epoch) ? epoch : epochOf(opened, revision) }, revision }
}

// Of JetStream: another revision than the expected one is the last.
const WRONG_REVISION: readonly unknown[] = [10_071, 10_164]

function isWrongRevision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && WRONG_REVISION.includes(error.code)
}
