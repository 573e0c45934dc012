// @ts-nocheck
import { type JoinOrLeave, joinsAndLeavesBetween, type Player, type RconEvent } from '@bercon/core'
import { joinsAndLeavesOf } from '@bercon/core/kit'
import { mergeMap, type OperatorFunction, pipe, scan } from 'rxjs'

type Players = readonly Player<'observable'>[]
type Change = JoinOrLeave<Player<'observable'>>

interface Roster {
  /** `undefined` before the first list. */
  readonly players: Players | undefined
  readonly changes: readonly Change[]
}

/**
 * Emits joins and leaves, from lists (`players$`, `pollPlayers`) or from events (`messages$`), not from both merged. The
 * first list shows who was there before, and emits no value; for a later one the leaves come first. A slot taken over by
 * another player is a leave and a join. From events each leave counts once: that of a kick at its line, whether a
 * `playerDisconnect` follows or not. A change that only a list shows, such as after a gap, is in no event of
 * `messages$`: `client.joinsAndLeaves$` has both. The operator holds one list and drops no values.
 *
 * @example
 * ```ts
 * import { joinsAndLeaves, RxRconClient } from '@bercon/rx'
 *
 * const client = new RxRconClient()
 * client.players$.pipe(joinsAndLeaves()).subscribe(({ kind, player }) => console.log(kind, player.name))
 * client.onMessage('Player #3 Rook (192.0.2.7:2304) connected') // join Rook
 * client.close()
 * ```
 */
export function joinsAndLeaves(): OperatorFunction<Players | RconEvent<'observable'>, Change> {
  return pipe(
    scan(follow, { players: undefined, changes: [] }),
    mergeMap(({ changes }) => changes),
  )
}

function follow({ players }: Roster, news: Players | RconEvent<'observable'>): Roster {
  if (isEvent(news)) return { players, changes: changesOf(news) }
  return { players: news, changes: players === undefined ? [] : joinsAndLeavesBetween(players, news) }
}

function isEvent(news: Players | RconEvent<'observable'>): news is RconEvent<'observable'> {
  return 'type' in news
}

function changesOf(event: RconEvent<'observable'>): readonly Change[] {
  return event.type === 'joinOrLeave' ? [event] : joinsAndLeavesOf(event)
}
