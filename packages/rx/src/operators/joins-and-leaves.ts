import type { Player, RconEvent } from '@bercon/core'
import { mergeMap, type OperatorFunction, pipe, scan } from 'rxjs'
import { isSamePlayer } from '../same-player.js'

/** Somebody came or went. */
export interface JoinOrLeave {
  readonly kind: 'join' | 'leave'
  readonly player: Player<'observable'>
}

type Players = readonly Player<'observable'>[]

interface Roster {
  /** Nothing before the first list. */
  readonly players: Players | undefined
  readonly changes: readonly JoinOrLeave[]
}

/**
 * Who comes and who goes, out of lists (`players$`, `pollPlayers`) or out of events (`messages$`), not out of both
 * merged. The first list says who was there before, and gives nothing; of a later one the leaves come first. A slot
 * that somebody else has taken over is a leave and a join. Of events, `playerConnect` is a join and `playerDisconnect`,
 * which follows each kick too, a leave. One list is kept, nothing is dropped.
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
export function joinsAndLeaves(): OperatorFunction<Players | RconEvent<'observable'>, JoinOrLeave> {
  return pipe(
    scan(follow, { players: undefined, changes: [] }),
    mergeMap(({ changes }) => changes),
  )
}

function follow({ players }: Roster, news: Players | RconEvent<'observable'>): Roster {
  if ('type' in news) return { players, changes: told(news) }
  return { players: news, changes: players === undefined ? [] : differences(players, news) }
}

function told(event: RconEvent<'observable'>): readonly JoinOrLeave[] {
  if (event.type === 'playerConnect') return [{ kind: 'join', player: event.player }]
  if (event.type === 'playerDisconnect') return [{ kind: 'leave', player: event.player }]
  return []
}

function differences(before: Players, after: Players): readonly JoinOrLeave[] {
  return [
    ...without(before, after).map((player) => ({ kind: 'leave', player }) as const),
    ...without(after, before).map((player) => ({ kind: 'join', player }) as const),
  ]
}

/** Those of the one list who are not on the other. */
function without(players: Players, others: Players): Players {
  const bySlot = new Map(others.map((other) => [other.id, other]))
  return players.filter((player) => {
    const other = bySlot.get(player.id)
    return other === undefined || !isSamePlayer(player, other)
  })
}
