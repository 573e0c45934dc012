// @ts-nocheck
import { ANY_DURATION, checkNames, checkNumber } from '@bercon/protocol'
import { type CancelSignal, checkSignal, whenAborted } from '../cancel-signal.js'
import type { ClientClock } from '../connection/connection-parts.js'
import { WaitTimeoutError } from '../errors/event-errors.js'
import type { ErrorEvents, EventDispatcher } from './event-dispatcher.js'

/** Options of a wait for an event. */
export interface WaitOptions<Event> {
  /** Whether this is the awaited event; an error in it fails the wait. @default every event */
  readonly check?: ((event: Event) => boolean | PromiseLike<boolean>) | undefined
  /** How long to wait, in ms. @default no limit */
  readonly timeoutMs?: number | undefined
  /** Cancels the wait, which fails with the signal's reason. */
  readonly signal?: CancelSignal | undefined
}

/** Where a wait gets its events from. */
export interface WaitSource<Events extends ErrorEvents> {
  readonly dispatch: EventDispatcher<Events>
  readonly clock: ClientClock
  /** Cancels every wait, like the signal of its options. */
  readonly ended?: CancelSignal | undefined
}

/** Waits for the next event with that name that passes the check. */
export function waitForEvent<Events extends ErrorEvents, Name extends keyof Events>(
  { dispatch, clock, ended }: WaitSource<Events>,
  name: Name,
  options: WaitOptions<Events[Name]> = {},
): Promise<Events[Name]> {
  const { check, timeoutMs, signal } = options
  let cleanUp = () => {}
  const waited = new Promise<Events[Name]>((resolve, reject) => {
    checkNames(options, ['check', 'timeoutMs', 'signal'])
    if (timeoutMs !== undefined) checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    checkSignal(signal)
    const off = dispatch.on(name, async (event) => {
      try {
        if (check === undefined || (await check(event))) resolve(event)
      } catch (error) {
        reject(error)
      }
    })
    const stopListening = whenAborted(signal, reject)
    const stopAwaitingEnd = whenAborted(ended, reject)
    const cancelTimer =
      timeoutMs === undefined || timeoutMs === Number.POSITIVE_INFINITY
        ? () => {}
        : clock.setTimer(() => reject(new WaitTimeoutError({ event: String(name), timeoutMs })), timeoutMs)
    cleanUp = () => {
      off()
      stopListening()
      stopAwaitingEnd()
      cancelTimer()
    }
  })
  return waited.finally(cleanUp)
}
