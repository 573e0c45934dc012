import { type CancelSignal, whenAborted } from '../cancel-signal.js'
import type { ErrorEvents, EventDispatcher } from './event-dispatcher.js'

/** How a loop over events is bounded and ended. */
export interface EventsOptions {
  /**
   * Events kept while the loop is busy; beyond it the oldest go, and an `error` event says how many.
   * @default 1000
   */
  readonly maxQueued?: number | undefined
  /** Ends the loop, without an error; what is queued is not told any more. */
  readonly signal?: CancelSignal | undefined
}

/** What a loop keeps unless told otherwise. */
const DEFAULT_MAX_QUEUED = 1_000

/** A loop over events was slower than they came; the oldest were given up. */
export class EventsLostError extends Error {
  /** How many were given up since the loop last took one. */
  readonly lost: number
  readonly maxQueued: number

  constructor(name: string, lost: number, maxQueued: number) {
    super(`${lost} ${name} events were given up: the loop over them is too slow for a queue of ${maxQueued}`)
    this.name = 'EventsLostError'
    this.lost = lost
    this.maxQueued = maxQueued
  }
}

/** Events from the moment of the call on, for `for await`; leaving the loop takes the listener off. */
export function eventStream<Events extends ErrorEvents, Name extends keyof Events>(
  dispatcher: EventDispatcher<Events>,
  name: Name,
  options: EventsOptions = {},
): AsyncIterableIterator<Events[Name]> {
  const maxQueued = options.maxQueued ?? DEFAULT_MAX_QUEUED
  let queue: Events[Name][] = []
  let lost = 0
  let waiting: ((result: IteratorResult<Events[Name]>) => void)[] = []
  let state: 'open' | 'ended' = 'open'

  const off = dispatcher.on(name, (event) => {
    const next = waiting.shift()
    if (next !== undefined) next({ done: false, value: event })
    else queue.push(event)
    if (queue.length <= maxQueued) return
    queue.shift()
    lost++
  })
  const end = () => {
    state = 'ended'
    off()
    stopListening()
    for (const next of waiting) next({ done: true, value: undefined })
    waiting = []
    queue = []
  }
  let stopListening = () => {}
  stopListening = whenAborted(options.signal, end)

  return {
    next() {
      if (lost > 0) {
        const error = new EventsLostError(String(name), lost, maxQueued)
        lost = 0
        dispatcher.emit('error', { type: 'error', error, during: String(name) } as Events['error'])
      }
      const event = queue.shift()
      if (event !== undefined) return Promise.resolve({ done: false, value: event })
      if (state === 'ended') return Promise.resolve({ done: true, value: undefined })
      return new Promise((resolve) => waiting.push(resolve))
    },
    return() {
      end()
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
