/**
 * The players on the server, as far as the caller knows. Names in a line are neither quoted nor escaped, so a known
 * name resolves an ambiguous text.
 */
// @ts-nocheck

export interface KnownNames {
  /** The names on the server. By default those of `players`. */
  readonly names?: Iterable<string>
  /** The name of each slot, as a map or as an object. */
  readonly players?: NameTable | Readonly<Record<number, string>>
}

/** The part of a map from slots to names that is needed; every `Map` qualifies. */
export type NameTable = Pick<ReadonlyMap<number, string>, 'get' | 'values'>

/** The known name in a slot. */
export function knownNameOf(known: KnownNames, slot: number): string | undefined {
  const { players } = known
  if (players === undefined) return undefined
  if (isMap(players)) return players.get(slot)
  return Object.hasOwn(players, slot) ? players[slot] : undefined
}

/** All known names. */
export function knownNames(known: KnownNames): Iterable<string> {
  const { names, players } = known
  if (names !== undefined) return names
  if (players === undefined) return []
  return isMap(players) ? players.values() : Object.values(players)
}

function isMap(players: NonNullable<KnownNames['players']>): players is NameTable {
  return typeof (players as Partial<NameTable>).get === 'function'
}
