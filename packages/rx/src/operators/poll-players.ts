import {
  checkNumber,
  codeOf,
  isNoReply,
  type Player,
  type RconClient,
  type RconErrorCode,
} from '@bercon/core'
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
 * Asks each session who is on the server, at once and then every `intervalMs`; a new session ends the asking of the one
 * before. A tick that comes while a reply is still awaited is dropped, so that never more than one question is under
 * way. A question that gets no good reply, because the server restarts for instance, gives nothing, and the next tick
 * asks again: a lost login ends the stream only where the session does, with `onLost: 'error'`. An error that the next
 * question would meet as well, such as a client that is closed, ends it.
 *
 * @param intervalMs - at least 1.
 * @throws {@link InvalidArgumentError} naming `intervalMs`.
 * @example
 * ```ts
 * import { connectRcon, pollPlayers } from '@bercon/rx'
 *
 * const session$ = connectRcon({ host: '127.0.0.1', port: 2302, password: 'hunter2' })
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

// What the next question need not meet. `connection$` tells of a lost login, `listProblem` of a list that is not whole.
const NO_LIST: readonly (RconErrorCode | undefined)[] = ['incomplete-reply', 'unexpected-reply']

function passOver(error: unknown): Observable<never> {
  return isNoReply(error) || NO_LIST.includes(codeOf(error)) ? EMPTY : throwError(() => error)
}

// What a timer of Node's can wait; one that is asked for longer would fire at once.
const LONGEST_MS = 2 ** 31 - 1

/** @throws {@link InvalidArgumentError} for what is no time in ms that a timer can wait. */
export function checkInterval(name: string, value: unknown, min: number): void {
  checkNumber(name, value, { min, max: LONGEST_MS })
}
