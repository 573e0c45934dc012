import { type EventDispatcher, EventsLostError, type RconEvents } from '@bercon/core'
import { BoundedQueue } from '../bounded-queue.js'

/** How a loop over events is bounded and ended. */
export interface EventLoopOptions {
  /**
   * How long the loop goes on, in ms from the call; what has come by then is still told.
   * @default for ever
   */
  readonly timeoutMs?: number | undefined
  /**
   * Events kept while the loop's body makes other calls, which tell what has come; beyond it the oldest go, and an
   * `error` event says how many. One thing that happens can make up to four events.
   * @default 40000
   */
  readonly maxQueued?: number | undefined
}

export const DEFAULT_MAX_QUEUED = 40_000

/** The options with the defaults under them. */
interface LoopBounds {
  readonly timeoutMs: number
  readonly maxQueued: number
}

/** Where a loop's events come from. */
export interface EventSource {
  readonly dispatch: EventDispatcher<RconEvents<'sync'>>
  /** Milliseconds by a clock that never goes backwards. */
  readonly now: () => number
  /** Tells the next event of the connection, and waits for it if need be. `over` after `close()`; else what ended it. */
  readonly advance: (waitMs: number) => 'told' | 'nothing' | 'over'
  /** Tells all that has come. */
  readonly tellAll: () => unknown
}

type Name = keyof RconEvents<'sync'>

/** Events from the moment of the call on; leaving the loop takes its listeners off. */
export class EventLoop<Event> implements IterableIterator<Event, undefined>, Disposable {
  readonly #source: EventSource
  readonly #maxQueued: number
  readonly #deadline: number
  readonly #queue: BoundedQueue<Event>
  readonly #offs: readonly (() => void)[]
  #lost = 0
  // Ending: no more is waited for, but what has come is still given out.
  #state: 'open' | 'ending' | 'ended' = 'open'

  constructor(source: EventSource, names: readonly Name[], { timeoutMs, maxQueued }: LoopBounds) {
    this.#source = source
    this.#maxQueued = maxQueued
    this.#deadline = source.now() + timeoutMs
    this.#queue = new BoundedQueue(maxQueued)
    this.#offs = names.map((name) => source.dispatch.on(name, (event) => this.#add(event as Event)))
  }

  /** The next event, waited for if need be; done when the time is up or the client is closed. */
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

  /** Ends the loop and takes its listeners off, as `break` does. */
  return(): IteratorResult<Event, undefined> {
    this.#end()
    return { done: true, value: undefined }
  }

  /** The loop itself, so that `for … of` takes it. */
  [Symbol.iterator](): this {
    return this
  }

  /** Ends it at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.#end()
  }

  #wait(): void {
    const leftMs = this.#deadline - this.#source.now()
    try {
      if (leftMs > 0 && this.#source.advance(leftMs) !== 'over') return
      this.#source.tellAll()
      this.#state = 'ending'
    } catch (error) {
      this.#end()
      throw error
    }
  }

  #add(event: Event): void {
    if (this.#queue.push(event) !== undefined) this.#lost++
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
