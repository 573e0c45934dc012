import {
  type JoinOrLeave,
  joinsAndLeavesBetween,
  joinsAndLeavesOf,
  type Player,
  type RconEvent,
} from '@bercon/core'
import { mergeMap, type OperatorFunction, pipe, scan } from 'rxjs'

type Players = readonly Player<'observable'>[]
type Change = JoinOrLeave<Player<'observable'>>

interface Roster {
  /** Nothing before the first list. */
  readonly players: Players | undefined
  readonly changes: readonly Change[]
}

/**
 * Who comes and who goes, out of lists (`players$`, `pollPlayers`) or out of events (`messages$`), not out of both
 * merged. The first list says who was there before, and gives nothing; of a later one the leaves come first. A slot
 * that somebody else has taken over is a leave and a join. Of events each leaving counts once: that of a kick with its
 * line, whether a `playerDisconnect` follows or not. What only a list shows, after a gap for instance, is in no event
 * of `messages$`: `client.joinsAndLeaves$` has both. One list is kept, nothing is dropped.
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
  if (isEvent(news)) return { players, changes: told(news) }
  return { players: news, changes: players === undefined ? [] : joinsAndLeavesBetween(players, news) }
}

function isEvent(news: Players | RconEvent<'observable'>): news is RconEvent<'observable'> {
  return 'type' in news
}

function told(event: RconEvent<'observable'>): readonly Change[] {
  return event.type === 'joinOrLeave' ? [event] : joinsAndLeavesOf(event)
}
