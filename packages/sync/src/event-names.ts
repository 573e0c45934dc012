import type { RconEvents } from '@bercon/core'

type Name = Exclude<keyof RconEvents<'sync'>, 'rawEvent'>

/** Every event but `rawEvent`, which would repeat each of a connection's. */
export type AnyEvent = RconEvents<'sync'>[Name]

// A record, so that the compiler tells when one is missing.
const NAMES: Readonly<Record<Name, true>> = {
  connect: true,
  disconnect: true,
  reconnecting: true,
  login: true,
  command: true,
  message: true,
  malformed: true,
  error: true,
  gap: true,
  playerList: true,
  listProblem: true,
  joinOrLeave: true,
  adminLogin: true,
  adminMessage: true,
  adminAnnouncement: true,
  adminWhisper: true,
  playerConnect: true,
  playerGuid: true,
  playerVerifyGuid: true,
  playerDisconnect: true,
  playerKick: true,
  playerMessage: true,
  filterLog: true,
  beMaster: true,
  serverWarning: true,
  unknownMessage: true,
}

export const EVENT_NAMES: readonly Name[] = Object.keys(NAMES) as Name[]
