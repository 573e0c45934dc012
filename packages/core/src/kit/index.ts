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
  checkMethods,
  checkNames,
  checkNumber,
  checkOptions,
  DEFAULT_ENCODING,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
  type FailureReason,
  type OptionRange,
  type ServerPacket,
  SOME_COUNT,
  SOME_DURATION,
  suggestion,
  tooManyBytes,
  unknownOption,
  unshownArgument,
} from '@bercon/protocol'
export { systemClock } from '@bercon/protocol/driver'
export { isSamePlayer } from '../cache/player-data.js'
export { Cancellation, checkSignal, endSignal, whenAborted } from '../cancel-signal.js'
export type { ClientBase, ClientExtras, ClientParts } from '../client/client-base.js'
export {
  CLIENT_OPTION_NAMES,
  type ClientOptions,
  type ClientPlatform,
  clientParts,
} from '../client/client-parts.js'
export { directCommand } from '../client/direct-command.js'
export { joinsAndLeavesOf } from '../client/event-reader.js'
export type { EventRow } from '../client/event-table.js'
export {
  banTarget,
  checkPlayerId,
  checkText,
  commandText,
  MAX_COMMAND_BYTES,
  utf8Length,
} from '../commands/arguments.js'
export { playersProblem } from '../commands/list-problem.js'
export { parseRemark } from '../commands/plain-reply.js'
export { type ListedBan, type Unbanned, unbanTarget } from '../commands/unban.js'
export { wholeAdmins, wholeBans, wholePlayers } from '../commands/whole-list.js'
export { BackOff } from '../connection/back-off.js'
export type { AnyConnection, Connection } from '../connection/connection.js'
export { checkOpening, checkTarget } from '../connection/connection.js'
export { EventListeners, isEnd } from '../connection/connection-event.js'
export { connectionOptions } from '../connection/connection-options.js'
export type { ConnectedSocket, ConnectionParts, Receiver, Transport } from '../connection/connection-parts.js'
export { CONNECTION_MOVES, type ConnectionMove, isLoggedInState } from '../connection/connection-state.js'
export { addStatistics, idleStatistics } from '../connection/connection-statistics.js'
export { Deferred } from '../connection/deferred.js'
export {
  battleye,
  type Dialect,
  type Session,
  type SessionEvent,
  type SessionFailure,
} from '../connection/dialect.js'
export { type Exchange, failureError, newExchange } from '../connection/exchange.js'
export { ServerConnection } from '../connection/server-connection.js'
export { eventStream } from '../dispatcher/event-stream.js'
export { type WaitSource, waitForEvent } from '../dispatcher/wait-for-event.js'
export type { UnansweredFacts, UnexpectedReplyFacts } from '../errors/command-errors.js'
export { messageWithoutPassword, withoutPassword } from '../errors/command-text.js'
export { type ErrorData, errorFromData, errorToData } from '../errors/error-data.js'
export type { LoginFacts } from '../errors/login-errors.js'
export { parseAddress } from '../parsers/address.js'
export { isSameReason, keptReason } from '../parsers/ban-reason.js'
export type { Reading } from '../parsers/name-boundary.js'
export { type ErrorReply, parseErrorReply } from '../parsers/text-replies.js'
export { MAX_ID } from '../parsers/whole-number.js'
export { type CommandRequest, checkReply, performAsync } from '../steps.js'
