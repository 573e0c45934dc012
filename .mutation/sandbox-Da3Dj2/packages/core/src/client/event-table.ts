// @ts-nocheck
import type { ConnectionEvent } from '../connection/connection-event.js'
import type { RconEvents, ServerMessageEvent } from './rcon-event.js'

/** The name of an event, which is its `type`. */
export type EventName = keyof RconEvents

/** Static facts about an event. */
export interface EventRow<Name extends EventName> {
  /** `line`: it stands for a line of the server; `connection`: the connection emits it; `client`: the client derives it. */
  readonly source: Name extends ServerMessageEvent['type']
    ? 'line'
    : Name extends ConnectionEvent['type']
      ? 'connection'
      : 'client'
  /** Its fields beyond `type`, `at`, `number` and `raw`. */
  readonly fields: Readonly<Record<FieldOf<RconEvents[Name]>, true>>
}

type FieldOf<Event> = Event extends unknown ? Exclude<keyof Event, 'type' | 'at' | 'number' | 'raw'> : never

const SAID = {
  adminId: true,
  target: true,
  to: true,
  message: true,
  player: true,
  ambiguous: true,
  candidates: true,
} as const

/**
 * Every event. All other lists of events derive from this one, and the compiler keeps it complete and exact.
 *
 * @example
 * ```ts
 * import { EVENTS } from '@bercon/core'
 *
 * console.log(Object.keys(EVENTS.playerVerifyGuid.fields).join()) // playerId,name,guid,player
 * ```
 */
export const EVENTS: { readonly [Name in EventName]: EventRow<Name> } = {
  connect: { source: 'connection', fields: { address: true, attempts: true, elapsedMs: true } },
  unresponsive: { source: 'connection', fields: { unanswered: true, silentMs: true } },
  responsive: { source: 'connection', fields: { unanswered: true, silentMs: true } },
  disconnect: { source: 'connection', fields: { reason: true } },
  reconnecting: { source: 'connection', fields: { attempt: true, delayMs: true } },
  message: { source: 'connection', fields: { text: true, sequence: true, bytes: true } },
  command: { source: 'connection', fields: { text: true, reply: true, sentAfter: true, mixed: true } },
  malformed: { source: 'connection', fields: { problem: true, length: true } },
  eventsDropped: { source: 'connection', fields: { from: true, count: true } },
  rawEvent: { source: 'client', fields: { event: true } },
  login: { source: 'client', fields: { address: true } },
  gap: { source: 'client', fields: { from: true, to: true } },
  players: { source: 'client', fields: { players: true } },
  listProblem: { source: 'client', fields: { command: true, problem: true, rows: true, used: true } },
  joinOrLeave: { source: 'client', fields: { kind: true, player: true, kicked: true, seen: true } },
  adminAnnouncement: { source: 'client', fields: SAID },
  adminWhisper: { source: 'client', fields: SAID },
  error: { source: 'client', fields: { error: true, during: true } },
  adminLogin: { source: 'line', fields: { adminId: true, ip: true, port: true } },
  adminMessage: { source: 'line', fields: SAID },
  beMaster: { source: 'line', fields: { event: true, code: true } },
  filterLog: {
    source: 'line',
    fields: {
      filter: true,
      playerId: true,
      name: true,
      guid: true,
      filterIndex: true,
      text: true,
      ambiguous: true,
    },
  },
  playerConnect: {
    source: 'line',
    fields: { playerId: true, name: true, ip: true, port: true, player: true, ambiguous: true },
  },
  playerDisconnect: {
    source: 'line',
    fields: { playerId: true, name: true, player: true, kicked: true, ambiguous: true },
  },
  playerGuid: {
    source: 'line',
    fields: {
      playerId: true,
      name: true,
      guid: true,
      label: true,
      verified: true,
      player: true,
      ambiguous: true,
    },
  },
  playerKick: {
    source: 'line',
    fields: {
      playerId: true,
      name: true,
      guid: true,
      reason: true,
      reasonKind: true,
      detail: true,
      filter: true,
      filterIndex: true,
      player: true,
      ambiguous: true,
    },
  },
  playerMessage: {
    source: 'line',
    fields: { channel: true, name: true, message: true, player: true, ambiguous: true, candidates: true },
  },
  playerVerifyGuid: { source: 'line', fields: { playerId: true, name: true, guid: true, player: true } },
  serverWarning: {
    source: 'line',
    fields: { event: true, detail: true, playerId: true, name: true, ambiguous: true },
  },
  unknownMessage: { source: 'line', fields: { channel: true } },
}

/** The events that stand for a line of the server, one for each line. */
export const MESSAGE_EVENTS: readonly ServerMessageEvent['type'][] = /* @__PURE__ */ lineEvents()

function lineEvents(): readonly ServerMessageEvent['type'][] {
  const names = Object.keys(EVENTS) as EventName[]
  return names.filter((name) => EVENTS[name].source === 'line') as ServerMessageEvent['type'][]
}
