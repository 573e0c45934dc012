export {
  ANY_DURATION,
  type ClientCounters,
  type ClientPacket,
  type ClientSessionEvent,
  type ClientSessionOptions,
  type ClientState,
  type ClientStatistics,
  type CommandOptions,
  checkEncoding,
  checkNumber,
  checkOptions,
  codeOf,
  DEFAULT_ENCODING,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
  type FailureReason,
  InvalidArgumentError,
  type MalformedPacket,
  type OptionRange,
  type Outcome,
  type Problem,
  RconError,
  type RconErrorCode,
  type ServerPacket,
  SOME_COUNT,
  SOME_DURATION,
  type TextOptions,
  unshownArgument,
} from '@bercon/protocol'
export type { ClientCache, Insight } from './cache/client-cache.js'
export type { PlayerData } from './cache/player-data.js'
export { isSamePlayer } from './cache/player-data.js'
export { RconClientCache } from './cache/rcon-client-cache.js'
export { Cancellation, type CancelSignal, endSignal } from './cancel-signal.js'
export type { ClientExtras, ClientParts } from './client/client-parts.js'
export { joinsAndLeavesOf } from './client/event-reader.js'
export { EVENTS, type EventName, type EventRow, MESSAGE_EVENTS } from './client/event-table.js'
export { type JoinOrLeave, joinsAndLeavesBetween } from './client/joins-and-leaves.js'
export { RconClient } from './client/rcon-client.js'
export type { ListProblemEvent, RconEvent, RconEvents, ServerMessageEvent } from './client/rcon-event.js'
export type { ClientClock } from './clock.js'
export {
  banTarget,
  checkPlayerId,
  checkText,
  commandText,
  MAX_COMMAND_BYTES,
  utf8Length,
} from './commands/arguments.js'
export * as commands from './commands/index.js'
export { type ListProblem, playersProblem } from './commands/list-problem.js'
export { parseRemark, type Remark } from './commands/plain-reply.js'
export { type ListedBan, type Unbanned, unbanTarget } from './commands/unban.js'
export { wholeAdmins, wholeBans, wholePlayers } from './commands/whole-list.js'
export type { AnyConnection, CallOptions, Connection, SendOptions, Target } from './connection/connection.js'
export type { ConnectionEvent, DisconnectReason } from './connection/connection-event.js'
export {
  CONNECTION_DEFAULTS,
  type ConnectionOptions,
  type ConnectionParts,
  connectionOptions,
} from './connection/connection-options.js'
export { CONNECTION_MOVES, type ConnectionMove, type ConnectionState } from './connection/connection-state.js'
export { type ConnectionStatistics, idleStatistics } from './connection/connection-statistics.js'
export {
  battleye,
  type Dialect,
  type Session,
  type SessionEvent,
  type SessionFailure,
} from './connection/dialect.js'
export { ServerConnection } from './connection/server-connection.js'
export {
  type ErrorEvents,
  EventDispatcher,
  type Listener,
  type RconErrorEvent,
} from './dispatcher/event-dispatcher.js'
export { type EventsOptions, eventStream } from './dispatcher/event-stream.js'
export {
  type WaitOptions,
  type WaitSource,
  waitForEvent,
} from './dispatcher/wait-for-event.js'
export { messageWithoutPassword, withoutPassword } from './errors/command-text.js'
export * from './errors/index.js'
export { Ban, type BanClass, type BanClient, type BansOptions } from './models/ban.js'
export { Player } from './models/player.js'
export * from './parsers/index.js'
export type { Kind, Performer, Result, ResultKinds } from './performer.js'
export { ask, type Command, type CommandRequest, checkReply, performAsync, type Steps } from './steps.js'
export type { ConnectedSocket, Receiver, Transport } from './transport.js'
export { visibleText } from './visible-text.js'
