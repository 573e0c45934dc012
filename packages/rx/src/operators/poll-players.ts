import { codeOf, isNoReply, type Player, type RconClient, type RconErrorCode } from '@bercon/core'
import { checkNumber } from '@bercon/core/kit'
import {
  asyncScheduler,
  catchError,
  EMPTY,
  exhaustMap,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
  switchMap,
  throwError,
  timer,
} from 'rxjs'

/**
 * Requests the list of players of each session, at once and then every `intervalMs`; a new session replaces the one
 * before. A tick during a request is dropped, so that at most one request is under way. A request without a good reply,
 * for instance because the server restarts, emits no value, and the next tick tries again: a lost login ends the stream
 * only if it ends the session, with `onLost: 'error'`. A permanent error, such as that of a closed client, ends it.
 *
 * @param intervalMs - at least 1.
 * @throws {@link InvalidArgumentError} naming `intervalMs`.
 * @example
 * ```ts
 * import { connectRcon, pollPlayers } from '@bercon/rx'
 *
 * const session$ = connectRcon({ host: '127.0.0.1', port: 2306, password: 'hunter2' })
 * const subscription = session$.pipe(pollPlayers(10_000)).subscribe((players) => console.log(players.length))
 * subscription.unsubscribe()
 * ```
 */
export function pollPlayers(
  intervalMs: number,
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<Pick<RconClient<'observable'>, 'fetchPlayers'>, readonly Player<'observable'>[]> {
  checkInterval('intervalMs', intervalMs, 1)
  return switchMap((client) => {
    const asked$ = () => client.fetchPlayers().pipe(catchError(passOver))
    return timer(0, intervalMs, scheduler).pipe(exhaustMap(asked$))
  })
}

// Errors that may pass by the next request. `connection$` reports a lost login, `listProblem` an incomplete list.
const NO_LIST: readonly (RconErrorCode | undefined)[] = ['incomplete-reply', 'unexpected-reply']

function passOver(error: unknown): Observable<never> {
  return isNoReply(error) || NO_LIST.includes(codeOf(error)) ? EMPTY : throwError(() => error)
}

// The longest delay of a Node timer; a longer one would fire at once.
const LONGEST_MS = 2 ** 31 - 1

/** @throws {@link InvalidArgumentError} unless it is a time in ms that a timer can wait. */
export function checkInterval(name: string, value: unknown, min: number): void {
  checkNumber(name, value, { min, max: LONGEST_MS })
}
