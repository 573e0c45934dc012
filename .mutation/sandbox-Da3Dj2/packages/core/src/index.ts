// @ts-nocheck
export {
  codeOf,
  InvalidArgumentError,
  type MalformedPacket,
  type Outcome,
  type Problem,
  RconError,
  type RconErrorCode,
  type TextOptions,
} from '@bercon/protocol'
export type { ClientCache, Insight } from './cache/client-cache.js'
export type { PlayerData } from './cache/player-data.js'
export { RconClientCache } from './cache/rcon-client-cache.js'
export type { CancelSignal } from './cancel-signal.js'
export { EVENTS, type EventName, MESSAGE_EVENTS } from './client/event-table.js'
export { type JoinOrLeave, joinsAndLeavesBetween } from './client/joins-and-leaves.js'
export { RconClient } from './client/rcon-client.js'
export type { ListProblemEvent, RconEvent, RconEvents, ServerMessageEvent } from './client/rcon-event.js'
export * as commands from './commands/index.js'
export type { ListProblem } from './commands/list-problem.js'
export type { Remark } from './commands/plain-reply.js'
export type { CallOptions, SendOptions, Target } from './connection/connection.js'
export type { ConnectionEvent, DisconnectReason } from './connection/connection-event.js'
export { CONNECTION_DEFAULTS, type ConnectionOptions } from './connection/connection-options.js'
export type { ClientClock } from './connection/connection-parts.js'
export type { ConnectionState } from './connection/connection-state.js'
export type { ConnectionStatistics } from './connection/connection-statistics.js'
export {
  type ErrorEvents,
  EventDispatcher,
  type Listener,
  type RconErrorEvent,
} from './dispatcher/event-dispatcher.js'
export type { EventsOptions } from './dispatcher/event-stream.js'
export type { WaitOptions } from './dispatcher/wait-for-event.js'
export * from './errors/index.js'
export { Ban, type BanClass, type BanClient, type BansOptions } from './models/ban.js'
export { Player } from './models/player.js'
export * from './parsers/index.js'
export type { Kind, Performer, Result, ResultKinds } from './performer.js'
export { ask, type Command, type Steps } from './steps.js'
export { visibleText } from './visible-text.js'
