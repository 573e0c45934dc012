import { InvalidArgumentError, RconError, type RconErrorCode } from '@bercon/protocol'
import { AlreadyConnectedError } from './already-connected-error.js'
import {
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  NotConnectedError,
  ReplyTooLargeError,
  UnexpectedReplyError,
  UnknownCommandError,
} from './command-errors.js'
import { HostUnreachableError, LoginRefusedError, LoginTimeoutError } from './login-failure.js'

/** An error as plain data, which `structuredClone` and JSON keep. */
export interface ErrorData {
  /** Nothing for an error that is not bercon's. */
  readonly code: RconErrorCode | undefined
  readonly name: string
  readonly message: string
  /** The error's fields. */
  readonly facts: Readonly<Record<string, unknown>>
}

// Each class makes its message of its facts, so that an error rebuilt of them is the same in every respect.
type FromFacts = (facts: never) => RconError

const FROM_FACTS: { readonly [Code in RconErrorCode]?: FromFacts } = {
  'already-connected': (facts: ConstructorParameters<typeof AlreadyConnectedError>[0]) =>
    new AlreadyConnectedError(facts),
  'login-refused': (facts: ConstructorParameters<typeof LoginRefusedError>[0]) =>
    new LoginRefusedError(facts),
  'login-timeout': (facts: ConstructorParameters<typeof LoginTimeoutError>[0]) =>
    new LoginTimeoutError(facts),
  'host-unreachable': (facts: ConstructorParameters<typeof HostUnreachableError>[0]) =>
    new HostUnreachableError(facts),
  'command-disallowed': (facts: ConstructorParameters<typeof CommandDisallowedError>[0]) =>
    new CommandDisallowedError(facts),
  'unknown-command': (facts: ConstructorParameters<typeof UnknownCommandError>[0]) =>
    new UnknownCommandError(facts),
  'command-timeout': (facts: ConstructorParameters<typeof CommandTimeoutError>[0]) =>
    new CommandTimeoutError(facts),
  'connection-lost': (facts: ConstructorParameters<typeof ConnectionLostError>[0]) =>
    new ConnectionLostError(facts),
  'not-connected': (facts: ConstructorParameters<typeof NotConnectedError>[0]) =>
    new NotConnectedError(facts),
  'unexpected-reply': (facts: ConstructorParameters<typeof UnexpectedReplyError>[0]) =>
    new UnexpectedReplyError(facts),
  'reply-too-large': (facts: ConstructorParameters<typeof ReplyTooLargeError>[0]) =>
    new ReplyTooLargeError(facts),
  closed: (facts: ConstructorParameters<typeof ClosedError>[0]) => new ClosedError(facts),
  'invalid-argument': (facts: { argument: string; value: unknown; expected: string }) =>
    new InvalidArgumentError(facts.argument, facts.value, facts.expected),
}

/** Any error as data: code, name, message and facts. */
export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { code: undefined, name: 'Error', message: String(error), facts: {} }
  const { name, message } = error
  if (!(error instanceof RconError)) return { code: undefined, name, message, facts: {} }
  const { code, cause: _cause, stack: _stack, message: _message, ...facts } = error
  return { code, name, message, facts }
}

/** The error again, of the same class and with the same fields, with the stack of this call. */
export function errorFromData(data: ErrorData): Error {
  const fromFacts = data.code === undefined ? undefined : FROM_FACTS[data.code]
  if (fromFacts !== undefined) return fromFacts(data.facts as never)
  const error = data.code === undefined ? new Error(data.message) : new RconError(data.code, data.message)
  error.name = data.name
  return error
}
