import type { Player } from '@bercon/core'

/** What of a player tells him from others. */
export type Identity = Pick<Player, 'id' | 'name' | 'guid' | 'addr'>

/**
 * Whether two views of a slot show the same player: by the GUID where both have it, otherwise by name and address.
 * What is known of one only does not tell them apart.
 */
export function isSamePlayer(before: Identity, after: Identity): boolean {
  if (before.id !== after.id || before.name !== after.name) return false
  if (before.guid !== undefined && after.guid !== undefined) return before.guid === after.guid
  return before.addr === undefined || after.addr === undefined || before.addr === after.addr
}
