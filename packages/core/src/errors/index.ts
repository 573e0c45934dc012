export {
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  IncompleteReplyError,
  isNoReply,
  NotConnectedError,
  RconCommandError,
  ReplyTooLargeError,
  type UnansweredFacts,
  UnexpectedReplyError,
  type UnexpectedReplyFacts,
  UnknownCommandError,
  WorkerFailedError,
} from './command-errors.js'
export { type ErrorData, errorFromData, errorToData } from './error-data.js'
export { EventsLostError, WaitTimeoutError } from './event-errors.js'
export {
  AlreadyConnectedError,
  HostUnreachableError,
  type LoginFacts,
  LoginFailure,
  LoginRefusedError,
  LoginTimeoutError,
  SessionLostError,
} from './login-errors.js'
