// @ts-nocheck
import { InvalidArgumentError, isGuid, type PlayerData } from '@bercon/core'
import { checkPlayerId, isSamePlayer } from '@bercon/core/kit'
import {
  distinctUntilChanged,
  filter,
  map,
  type OperatorFunction,
  pipe,
  scan,
  skipWhile,
  takeWhile,
} from 'rxjs'

type Identity = Pick<PlayerData, 'id' | 'name' | 'guid' | 'ip' | 'port'>

/**
 * Follows one player through lists: emits them from the first list that shows them, at each change; completes with the
 * first list that does not.
 *
 * @throws {@link InvalidArgumentError} for what is neither a slot nor a GUID.
 */
export function onePlayer<P extends Identity>(idOrGuid: number | string): OperatorFunction<readonly P[], P> {
  const isMeant = matcher(idOrGuid)
  return pipe(
    map((players: readonly P[]) => players.find(isMeant)),
    skipWhile((player) => player === undefined),
    // Another player in the slot of the first does not count.
    scan((first, player) =>
      first && player && isSlotOfAnother(idOrGuid, first, player) ? undefined : player,
    ),
    takeWhile((player) => player !== undefined),
    filter((player) => player !== undefined),
    distinctUntilChanged(),
  )
}

function matcher(idOrGuid: number | string): (player: Identity) => boolean {
  if (typeof idOrGuid === 'string') {
    if (!isGuid(idOrGuid))
      throw new InvalidArgumentError('idOrGuid', idOrGuid, 'a slot, or a GUID of 32 hexadecimal digits')
    const wanted = idOrGuid.toLowerCase()
    return ({ guid }) => guid === wanted
  }
  checkPlayerId(idOrGuid)
  return ({ id }) => id === idOrGuid
}

function isSlotOfAnother(idOrGuid: number | string, before: Identity, after: Identity): boolean {
  return typeof idOrGuid === 'number' && !isSamePlayer(before, after)
}
