import type { KvEntry, KvWatchEntry } from '@nats-io/kv'
import type { Status } from '@nats-io/transport-node'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LeaseChange } from '../leases.js'
import type { Watch } from './key-watch.js'
import { LeaseWatch } from './lease-watch.js'
import { NatsLink } from './nats-link.js'

const LEASE_MS = 6_000

/** What can be pushed into, and read from as it comes. */
class Feed<T> implements AsyncIterable<T> {
  readonly #items: T[] = []
  #wake: () => void = () => {}
  #state: 'open' | 'closed' = 'open'

  get isClosed(): boolean {
    return this.#state === 'closed'
  }

  push(...items: readonly T[]): void {
    this.#items.push(...items)
    this.#wake()
  }

  stop(): void {
    this.#state = 'closed'
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (!this.isClosed) {
      while (this.#items.length > 0) yield this.#items.shift() as T
      if (!this.isClosed)
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}

let statuses: Feed<Status>
let watches: Feed<KvWatchEntry>[]
let changes: LeaseChange[]
let watch: LeaseWatch

beforeEach(() => {
  vi.useFakeTimers()
  statuses = new Feed()
  watches = []
  changes = []
  const open = async () => {
    const feed = new Feed<KvWatchEntry>()
    watches.push(feed)
    return feed as unknown as Watch
  }
  const leaseIn = ({ key: server, revision: epoch }: KvEntry) => ({ server, owner: 'w1', epoch })
  const link = new NatsLink({ status: () => statuses, isClosed: () => false })
  watch = new LeaseWatch({ link, leaseMs: LEASE_MS, open, leaseIn }, (change) => changes.push(change))
})

afterEach(() => {
  watch.stop()
  statuses.stop()
  vi.useRealTimers()
})

function entry(key: string, epoch: number, isUpdate = true): KvWatchEntry {
  return { key, revision: epoch, isUpdate } as KvWatchEntry
}

async function become(type: 'disconnect' | 'reconnect'): Promise<void> {
  statuses.push({ type, server: '' })
  await vi.advanceTimersByTimeAsync(1)
}

async function hear(...entries: readonly KvWatchEntry[]): Promise<void> {
  watches.at(-1)?.push(...entries)
  await vi.advanceTimersByTimeAsync(1)
}

function seen(): readonly string[] {
  return changes.map((change) => {
    if (change.type === 'complete') return change.type
    return change.type === 'held'
      ? `held ${change.lease.server} ${change.lease.epoch}`
      : `free ${change.server}`
  })
}

it('a watch begins again at once when NATS is back, and frees what is not held any more', async () => {
  await vi.advanceTimersByTimeAsync(1)
  await hear(entry('altis', 1, false), entry('tanoa', 2))
  await become('disconnect')
  expect(watches.map(({ isClosed }) => isClosed)).toEqual([true])
  await become('reconnect')
  expect(watches.map(({ isClosed }) => isClosed)).toEqual([true, false])
  await hear(entry('tanoa', 2))
  expect(seen()).toEqual(['held altis 1', 'held tanoa 2', 'complete', 'free altis', 'complete'])
})

it('a lease without any news is not free while NATS is away', async () => {
  await vi.advanceTimersByTimeAsync(1)
  await hear(entry('altis', 1))
  await become('disconnect')
  await vi.advanceTimersByTimeAsync(10 * LEASE_MS)
  expect(seen()).toEqual(['held altis 1', 'complete'])
  await become('reconnect')
  await hear(entry('altis', 1))
  await vi.advanceTimersByTimeAsync(LEASE_MS * 2)
  expect(seen()).toEqual(['held altis 1', 'complete', 'complete', 'free altis'])
})

it('a watch that hears of no renewal begins again: the server of NATS that fed it may have died', async () => {
  await vi.advanceTimersByTimeAsync(1)
  await hear(entry('altis', 1, false), entry('tanoa', 2))
  await vi.advanceTimersByTimeAsync(LEASE_MS * 0.7)
  expect(watches).toHaveLength(1)
  while (watches.length === 1) await vi.advanceTimersByTimeAsync(50)
  expect(watches.map(({ isClosed }) => isClosed)).toEqual([true, false])
  await hear(entry('tanoa', 3), entry('malden', 4))
  expect(seen()).toEqual([
    'held altis 1',
    'held tanoa 2',
    'complete',
    'held tanoa 3',
    'free altis',
    'complete',
    'held malden 4',
  ])
})

it('a lease that is heard of again, but was not renewed, is free when its life is over', async () => {
  await vi.advanceTimersByTimeAsync(1)
  await hear(entry('altis', 1))
  while (watches.length === 1) await vi.advanceTimersByTimeAsync(50)
  await hear(entry('altis', 1))
  await vi.advanceTimersByTimeAsync(LEASE_MS * 0.3)
  expect(seen()).toEqual(['held altis 1', 'complete', 'complete', 'free altis'])
})

it('a lease that a take comes upon is held, unless a later one was heard of', async () => {
  await vi.advanceTimersByTimeAsync(1)
  await hear(entry('altis', 5))
  watch.hear({ server: 'altis', owner: 'w2', epoch: 4 })
  watch.hear({ server: 'tanoa', owner: 'w2', epoch: 6 })
  expect(seen()).toEqual(['held altis 5', 'complete', 'held tanoa 6'])
})

it('a bucket without a lease is complete too', async () => {
  await vi.advanceTimersByTimeAsync(LEASE_MS)
  expect(seen()).toEqual(['complete'])
})
