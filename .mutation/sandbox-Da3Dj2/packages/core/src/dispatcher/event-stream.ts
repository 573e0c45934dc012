// @ts-nocheck
import { checkNames, checkNumber } from '@bercon/protocol'
import { type CancelSignal, checkSignal, whenAborted } from '../cancel-signal.js'
import { EventsLostError } from '../errors/event-errors.js'
import type { ErrorEvents, EventDispatcher } from './event-dispatcher.js'

/** Options of a loop over events. */
export interface EventsOptions {
  /**
   * Most events kept while the loop is busy, at least 1. Beyond it the oldest are dropped, and an `error` event reports
   * how many.
   * @default 1000
   */
  readonly maxQueued?: number | undefined
  /** Ends the loop without an error; queued events are dropped. */
  readonly signal?: CancelSignal | undefined
}

/** The default size of a loop's queue. */
const DEFAULT_MAX_QUEUED = 1_000

/**
 * Iterates over events from the moment of the call, with `for await`. Leaving the loop unsubscribes it. `ended` ends
 * every loop after its queued events.
 *
 * @throws {@link InvalidArgumentError} for an invalid `maxQueued`.
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
    // An earlier listener of the same event ended it.
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
