import type { Player } from '@bercon/core'
import { asyncScheduler, exhaustMap, type OperatorFunction, type SchedulerLike, switchMap, timer } from 'rxjs'
import { checkInterval } from '../check-interval.js'
import type { RxRconClient } from '../rx-rcon-client.js'

/**
 * Asks each session who is on the server, at once and then every `intervalMs`; a new session ends the asking of the one
 * before. A tick that comes while a reply is still awaited is dropped, so that never more than one question is under
 * way. A question that fails ends the stream with its error; `retry` goes on.
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
): OperatorFunction<Pick<RxRconClient, 'fetchPlayers'>, readonly Player<'observable'>[]> {
  checkInterval('intervalMs', intervalMs, 1)
  return switchMap((client) => timer(0, intervalMs, scheduler).pipe(exhaustMap(() => client.fetchPlayers())))
}
