import type { KV, KvWatchEntry } from '@nats-io/kv'
import type { NatsLink } from './nats-link.js'

/** What a watch of a bucket reports. */
export interface KeyListener {
  /** The watch begins, at first or again after a break: what the bucket holds follows. */
  readonly onBegin: () => void
  readonly onEntry: (entry: KvWatchEntry) => void
  /** All that the bucket held at the beginning has been reported. */
  readonly onComplete: () => void
}

/** A watch that begins again whenever it must. */
export interface LastingWatch {
  readonly stop: () => void
  /** Begins again, as when NATS comes back. */
  readonly restart: () => void
}

/** What `watch()` of a bucket returns. */
export type Watch = Awaited<ReturnType<KV['watch']>>

type Open = () => Promise<Watch>

// A bucket that is empty says nothing. Entries may expire before they are sent, so that the last one is not known as such.
const [EMPTY_MS, QUIET_MS] = [300, 1_000]
const RETRY_MS = 1_000

/**
 * Watches a bucket until it is stopped. A watch that breaks is begun again, and so is each when
 * NATS comes back: the library would wait for two heartbeats, which are 10 s and later 60 s, before it asks again.
 */
export function watchKeys(open: Open, link: NatsLink, listener: KeyListener): LastingWatch {
  let stop = () => {}
  let wake = () => {}
  let state: 'watching' | 'stopped' = 'watching'
  const restart = () => {
    stop()
    wake()
  }
  const offChange = link.onChange(restart)
  const run = async () => {
    while (state === 'watching') {
      const watch = new KeyWatch(open, listener)
      stop = () => watch.stop()
      if (link.isUp) await watch.run().catch(() => {})
      if (state === 'watching')
        await new Promise<void>((resolve) => {
          wake = resolve
          if (watch.isStopped && link.isUp) resolve()
          else setTimeout(resolve, RETRY_MS).unref()
        })
    }
  }
  void run()
  return {
    restart,
    stop: () => {
      state = 'stopped'
      offChange()
      restart()
    },
  }
}

/** One watch, until it is stopped or breaks. */
class KeyWatch {
  readonly #open: Open
  readonly #listener: KeyListener
  #stopEntries: () => void = () => {}
  #quiet: NodeJS.Timeout | undefined
  #state: 'beginning' | 'complete' | 'stopped' = 'beginning'

  constructor(open: Open, listener: KeyListener) {
    this.#open = open
    this.#listener = listener
  }

  get isStopped(): boolean {
    return this.#state === 'stopped'
  }

  stop(): void {
    this.#state = 'stopped'
    clearTimeout(this.#quiet)
    this.#stopEntries()
  }

  async run(): Promise<void> {
    const entries = await this.#open()
    this.#stopEntries = () => entries.stop()
    if (this.isStopped) return entries.stop()
    this.#listener.onBegin()
    this.#completeAfter(EMPTY_MS)
    try {
      for await (const entry of entries) {
        if (this.isStopped) return
        this.#listener.onEntry(entry)
        if (entry.isUpdate) this.#complete()
        else this.#completeAfter(QUIET_MS)
      }
    } finally {
      clearTimeout(this.#quiet)
    }
  }

  #completeAfter(ms: number): void {
    clearTimeout(this.#quiet)
    if (this.#state === 'beginning') this.#quiet = setTimeout(() => this.#complete(), ms)
  }

  #complete(): void {
    if (this.#state !== 'beginning') return
    clearTimeout(this.#quiet)
    this.#state = 'complete'
    this.#listener.onComplete()
  }
}
