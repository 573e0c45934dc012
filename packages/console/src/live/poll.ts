import {
  asyncScheduler,
  catchError,
  concat,
  EMPTY,
  exhaustMap,
  map,
  merge,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  scan,
  shareReplay,
  startWith,
  timer,
} from 'rxjs'
import { sentenceOf } from '../gateway/problem.js'

/** The newest answer, and what keeps it from being newer. */
export interface Polled<T> {
  readonly value?: T
  readonly failure?: string | undefined
}

/** A question that is asked again and again while somebody looks. */
export interface Poll<T> {
  readonly state$: Observable<Polled<T>>
  /** Asks now; an earlier failure is hidden until the answer. Without effect while a question is under way. */
  again(): void
}

/** An answer stays while later questions fail. */
export function poll<T>(
  ask: () => Observable<T>,
  everyMs: number,
  scheduler: SchedulerLike = asyncScheduler,
): Poll<T> {
  const again$ = new Subject<Polled<T>>()
  const answer = () =>
    ask().pipe(
      map((value): Polled<T> => ({ value, failure: undefined })),
      catchError((error: unknown) => of<Polled<T>>({ failure: sentenceOf(error) })),
    )
  const state$ = merge(timer(0, everyMs, scheduler).pipe(map(() => undefined)), again$).pipe(
    exhaustMap((cleared) => concat(cleared === undefined ? EMPTY : of(cleared), answer())),
    scan((before, now) => ({ ...before, ...now }), {} as Polled<T>),
    startWith({} as Polled<T>),
    shareReplay({ bufferSize: 1, refCount: true }),
  )
  return { state$, again: () => again$.next({ failure: undefined }) }
}
