export {
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  IncompleteReplyError,
  isNoReply,
  NotConnectedError,
  RateLimitedError,
  RconCommandError,
  ReplyTooLargeError,
  UnexpectedReplyError,
  UnknownCommandError,
  WorkerFailedError,
} from './command-errors.js'
export { EventsLostError, WaitTimeoutError } from './event-errors.js'
export {
  AlreadyConnectedError,
  HostUnreachableError,
  LoginFailure,
  LoginRefusedError,
  LoginTimeoutError,
  SessionLostError,
} from './login-errors.js'
