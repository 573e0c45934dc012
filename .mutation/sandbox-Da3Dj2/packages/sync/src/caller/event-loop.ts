// @ts-nocheck
import { type EventDispatcher, EventsLostError, type RconEvents } from '@bercon/core'
import { BoundedQueue } from '../bounded-queue.js'

/** Options of a loop over events. */
export interface EventLoopOptions {
  /**
   * Duration of the loop, in ms from the call; events that have arrived by then are still yielded.
   * @default unlimited
   */
  readonly timeoutMs?: number | undefined
  /**
   * Events kept while the loop's body makes other calls, which deliver events too; beyond it the oldest are dropped, and
   * an `error` event says how many. One message can produce up to four events.
   * @default 40000
   */
  readonly maxQueued?: number | undefined
}

export const DEFAULT_MAX_QUEUED = 40_000

/** The options, completed by the defaults. */
interface LoopBounds {
  readonly timeoutMs: number
  readonly maxQueued: number
}

/** The source of a loop's events. */
export interface EventSource {
  readonly dispatch: EventDispatcher<RconEvents<'sync'>>
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Delivers the next event, and waits for it if necessary. Returns `over` after `close()`; throws what ended it otherwise. */
  readonly advance: (waitMs: number) => 'delivered' | 'idle' | 'over'
  /** Whether the client has ended since the loop began, though it may be connected again. */
  readonly isOver: () => boolean
  /** Delivers all waiting events. */
  readonly tellAll: () => unknown
}

type Name = keyof RconEvents<'sync'>

/** Events from the call on; leaving the loop removes its listeners. */
export class EventLoop<Event> implements IterableIterator<Event, undefined>, Disposable {
  readonly #source: EventSource
  readonly #maxQueued: number
  readonly #deadline: number
  readonly #queue: BoundedQueue<Event>
  readonly #offs: readonly (() => void)[]
  #lost = 0
  // Ending: the loop no longer waits, but still yields the events that have arrived.
  #state: 'open' | 'ending' | 'ended' = 'open'

  constructor(source: EventSource, names: readonly Name[], { timeoutMs, maxQueued }: LoopBounds) {
    this.#source = source
    this.#maxQueued = maxQueued
    this.#deadline = source.now() + timeoutMs
    this.#queue = new BoundedQueue(maxQueued)
    this.#offs = names.map((name) => source.dispatch.on(name, (event) => this.#add(event as Event)))
  }

  /** Returns the next event, and waits for it if necessary; done when the time is up or the client is closed. */
  next(): IteratorResult<Event, undefined> {
    while (this.#state !== 'ended') {
      this.#reportLost()
      const event = this.#queue.shift()
      if (event !== undefined) return { done: false, value: event }
      if (this.#state === 'ending') this.#end()
      else this.#wait()
    }
    return { done: true, value: undefined }
  }

  /** Ends the loop and removes its listeners, as `break` does. */
  return(): IteratorResult<Event, undefined> {
    this.#end()
    return { done: true, value: undefined }
  }

  /** Returns the loop itself, for `for … of`. */
  [Symbol.iterator](): this {
    return this
  }

  /** Ends the loop at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.#end()
  }

  #wait(): void {
    const leftMs = this.#deadline - this.#source.now()
    try {
      if (leftMs > 0 && !this.#source.isOver() && this.#source.advance(leftMs) !== 'over') return
      this.#source.tellAll()
      this.#state = 'ending'
    } catch (error) {
      this.#end()
      throw error
    }
  }

  #add(event: Event): void {
    if (!this.#source.isOver() && this.#queue.push(event) !== undefined) this.#lost++
  }

  #reportLost(): void {
    if (this.#lost === 0) return
    const error = new EventsLostError({ event: 'queued', lost: this.#lost, maxQueued: this.#maxQueued })
    this.#lost = 0
    this.#source.dispatch.emit('error', { type: 'error', error, during: 'events' })
  }

  #end(): void {
    this.#state = 'ended'
    for (const off of this.#offs) off()
    this.#queue.take()
  }
}
