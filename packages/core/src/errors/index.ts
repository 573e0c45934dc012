export { AlreadyConnectedError } from './already-connected-error.js'
export {
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  isNoReply,
  NotConnectedError,
  RconCommandError,
  ReplyTooLargeError,
  type UnansweredFacts,
  UnexpectedReplyError,
  type UnexpectedReplyFacts,
  UnknownCommandError,
} from './command-errors.js'
export { type ErrorData, errorFromData, errorToData } from './error-data.js'
export { IncompleteReplyError } from './incomplete-reply-error.js'
export {
  HostUnreachableError,
  type LoginFacts,
  LoginFailure,
  LoginRefusedError,
  LoginTimeoutError,
} from './login-failure.js'
export { SessionLostError } from './session-lost-error.js'
export { WorkerFailedError } from './worker-failed-error.js'
