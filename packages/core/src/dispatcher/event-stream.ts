import { checkNames, checkNumber } from '@bercon/protocol'
import { type CancelSignal, checkSignal, whenAborted } from '../cancel-signal.js'
import { EventsLostError } from '../errors/event-errors.js'
import type { ErrorEvents, EventDispatcher } from './event-dispatcher.js'

/** How a loop over events is bounded and ended. */
export interface EventsOptions {
  /**
   * Events kept while the loop is busy, from 1; beyond it the oldest go, and an `error` event says how many.
   * @default 1000
   */
  readonly maxQueued?: number | undefined
  /** Ends the loop, without an error; what is queued is not told any more. */
  readonly signal?: CancelSignal | undefined
}

/** What a loop keeps unless told otherwise. */
const DEFAULT_MAX_QUEUED = 1_000

/**
 * Events from the moment of the call on, for `for await`; leaving the loop takes the listener off. `ended` ends every
 * loop, when it has had what is queued.
 *
 * @throws {@link InvalidArgumentError} for a `maxQueued` that is none.
 */
export function eventStream<Events extends ErrorEvents, Name extends keyof Events>(
  dispatcher: EventDispatcher<Events>,
  name: Name,
  options: EventsOptions = {},
  ended?: CancelSignal,
): AsyncIterableIterator<Events[Name]> {
  checkNames(options, ['maxQueued', 'signal'])
  const maxQueued = options.maxQueued ?? DEFAULT_MAX_QUEUED
  checkNumber('maxQueued', maxQueued, { min: 1, max: Number.POSITIVE_INFINITY, integer: true })
  checkSignal(options.signal)
  let queue: Events[Name][] = []
  let lost = 0
  let waiting: ((result: IteratorResult<Events[Name]>) => void)[] = []
  let state: 'open' | 'ended' = 'open'

  const off = dispatcher.on(name, (event) => {
    // Ended by a listener that was told the same event before.
    if (state === 'ended') return
    const next = waiting.shift()
    if (next !== undefined) next({ done: false, value: event })
    else queue.push(event)
    if (queue.length <= maxQueued) return
    queue.shift()
    lost++
  })
  let stopListening = () => {}
  let stopAwaitingEnd = () => {}
  const finish = () => {
    state = 'ended'
    off()
    stopListening()
    stopAwaitingEnd()
    for (const next of waiting) next({ done: true, value: undefined })
    waiting = []
  }
  const end = () => {
    finish()
    queue = []
  }
  stopListening = whenAborted(options.signal, end)
  if (state === 'open') stopAwaitingEnd = whenAborted(ended, finish)

  return {
    next() {
      if (lost > 0) {
        const error = new EventsLostError({ event: String(name), lost, maxQueued })
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
