// @ts-nocheck
import { type CancelSignal, ClosedError } from '@bercon/core'
import { Observable, takeUntil } from 'rxjs'

// One for all: creating an error each time costs more than a command does. Calls that wait for an unsubscribed login
// fail with it.
const UNSUBSCRIBED = /* @__PURE__ */ new ClosedError({ command: 'connect', outcome: 'not-sent' })

/**
 * Starts a promise for each subscription and emits its value; unsubscribing before it settles aborts the signal passed
 * to `start`.
 *
 * @param signal - the caller's own: if it is aborted, the observable fails with its reason.
 */
export function cancellable<T>(
  start: (signal: AbortSignal) => Promise<T>,
  signal: CancelSignal | undefined,
): Observable<T> {
  const settled$ = new Observable<T>((subscriber) => {
    const controller = new AbortController()
    start(controller.signal).then(
      (value) => {
        subscriber.next(value)
        subscriber.complete()
      },
      (error: unknown) => subscriber.error(error),
    )
    return () => controller.abort(UNSUBSCRIBED)
  })
  return signal === undefined ? settled$ : settled$.pipe(takeUntil(aborted(signal)))
}

/** Fails with the signal's reason once it is aborted. */
export function aborted(signal: CancelSignal): Observable<never> {
  return new Observable((subscriber) => {
    const fail = () => subscriber.error(signal.reason)
    if (signal.aborted) fail()
    signal.addEventListener('abort', fail, { once: true })
    return () => signal.removeEventListener('abort', fail)
  })
}
