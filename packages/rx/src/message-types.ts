import type { MessageEvent } from '@bercon/core'

// A record, so that the compiler misses none and knows of no other.
const TYPES: Readonly<Record<MessageEvent['type'], true>> = {
  adminLogin: true,
  adminMessage: true,
  beMaster: true,
  filterLog: true,
  playerConnect: true,
  playerDisconnect: true,
  playerGuid: true,
  playerKick: true,
  playerMessage: true,
  playerVerifyGuid: true,
  serverWarning: true,
  unknownMessage: true,
}

/** The events that stand for a line of the server, one for each line. */
export const MESSAGE_TYPES: readonly MessageEvent['type'][] = Object.keys(TYPES) as MessageEvent['type'][]
