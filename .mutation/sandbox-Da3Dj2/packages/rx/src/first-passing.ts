// @ts-nocheck
import { type ClientClock, ClosedError, type WaitOptions, WaitTimeoutError } from '@bercon/core'
import { ANY_DURATION, checkNames, checkNumber } from '@bercon/core/kit'
import {
  defer,
  filter,
  from,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  take,
  takeUntil,
  throwIfEmpty,
} from 'rxjs'
import { aborted } from './cancellable.js'

/**
 * Emits the first event that passes the check; fails with {@link WaitTimeoutError} (by the client's clock), the signal's
 * reason, an error thrown by the check, or {@link ClosedError} if the events end before.
 */
export function firstPassing<Event>(
  event$: Observable<Event>,
  name: string,
  clock: ClientClock,
  options: WaitOptions<Event>,
): Observable<Event> {
  return defer(() => {
    checkNames(options, ['check', 'timeoutMs', 'signal'])
    return passing(event$, name, clock, options)
  })
}

function passing<Event>(
  event$: Observable<Event>,
  name: string,
  clock: ClientClock,
  { check, timeoutMs, signal }: WaitOptions<Event>,
): Observable<Event> {
  return event$.pipe(
    mergeMap((event) =>
      verdict(check === undefined || check(event)).pipe(
        filter(Boolean),
        map(() => event),
      ),
    ),
    take(1),
    throwIfEmpty(() => new ClosedError({ command: 'waitFor', outcome: 'not-sent' })),
    takeUntil(
      merge(
        signal === undefined ? NEVER : aborted(signal),
        timeoutMs === undefined ? NEVER : expired(name, clock, timeoutMs),
      ),
    ),
  )
}

function verdict(passes: boolean | PromiseLike<boolean>): Observable<boolean> {
  return typeof passes === 'object' ? from(passes) : of(passes)
}

function expired(event: string, clock: ClientClock, timeoutMs: number): Observable<never> {
  return new Observable((subscriber) => {
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    return clock.setTimer(() => subscriber.error(new WaitTimeoutError({ event, timeoutMs })), timeoutMs)
  })
}
