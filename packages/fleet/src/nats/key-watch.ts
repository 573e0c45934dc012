import type { KV, KvEntry } from '@nats-io/kv'

/** What a watch of a bucket reports. */
export interface KeyListener {
  readonly onEntry: (entry: KvEntry) => void
  /** All that the bucket held at the beginning has been reported, or again after a break. */
  readonly onComplete: () => void
}

// A bucket that is empty says nothing; what it holds comes without pauses.
const QUIET_MS = 300
const RETRY_MS = 1_000

/** Watches a bucket until the function that it returns is called; a watch that breaks is begun again. */
export function watchKeys(bucket: KV, { onEntry, onComplete }: KeyListener): () => void {
  let stop = () => {}
  let state: 'watching' | 'stopped' = 'watching'
  const watch = async () => {
    const entries = await bucket.watch()
    stop = () => entries.stop()
    if (state === 'stopped') return stop()
    let quiet = setTimeout(onComplete, QUIET_MS)
    for await (const entry of entries) {
      if (!entry.isUpdate) {
        clearTimeout(quiet)
        quiet = setTimeout(onComplete, QUIET_MS)
      }
      onEntry(entry)
    }
    clearTimeout(quiet)
  }
  const run = async () => {
    while (state === 'watching') {
      await watch().catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())
    }
  }
  void run()
  return () => {
    state = 'stopped'
    stop()
  }
}
