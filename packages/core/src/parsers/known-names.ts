/**
 * Who is on the server, as far as the caller knows. Nothing in a line is quoted or escaped, so a name decides
 * what the text alone leaves open.
 */
export interface KnownNames {
  /** The names on the server; left out, those of `players` are taken. */
  readonly names?: Iterable<string>
  /** The name of each slot, as a map or as an object. */
  readonly players?: NameTable | Readonly<Record<number, string>>
}

/** What is needed of a map from slots to names; every `Map` is one. */
export type NameTable = Pick<ReadonlyMap<number, string>, 'get' | 'values'>

/** The name known for a slot. */
export function knownNameOf(known: KnownNames, slot: number): string | undefined {
  const { players } = known
  if (players === undefined) return undefined
  if (isMap(players)) return players.get(slot)
  return Object.hasOwn(players, slot) ? players[slot] : undefined
}

/** Every name known. */
export function knownNames(known: KnownNames): Iterable<string> {
  const { names, players } = known
  if (names !== undefined) return names
  if (players === undefined) return []
  return isMap(players) ? players.values() : Object.values(players)
}

function isMap(players: NonNullable<KnownNames['players']>): players is NameTable {
  return typeof (players as Partial<NameTable>).get === 'function'
}
