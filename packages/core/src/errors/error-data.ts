import { codeOf, InvalidArgumentError, RconError, type RconErrorCode } from '@bercon/protocol'
import {
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  IncompleteReplyError,
  NotConnectedError,
  RateLimitedError,
  ReplyTooLargeError,
  UnexpectedReplyError,
  UnknownCommandError,
  WorkerFailedError,
} from './command-errors.js'
import { EventsLostError, WaitTimeoutError } from './event-errors.js'
import {
  AlreadyConnectedError,
  HostUnreachableError,
  LoginRefusedError,
  LoginTimeoutError,
  SessionLostError,
} from './login-errors.js'

/** An error as plain data, which `structuredClone` and JSON preserve. */
export interface ErrorData {
  /** `undefined` for an error that is not bercon's. */
  readonly code: RconErrorCode | undefined
  readonly name: string
  readonly message: string
  /** The error's fields. */
  readonly facts: Readonly<Record<string, unknown>>
}

// Each class creates its message from its facts, so an error rebuilt from them is equal in every respect.
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
  'rate-limited': (facts: ConstructorParameters<typeof RateLimitedError>[0]) => new RateLimitedError(facts),
  'unknown-command': (facts: ConstructorParameters<typeof UnknownCommandError>[0]) =>
    new UnknownCommandError(facts),
  'command-timeout': (facts: ConstructorParameters<typeof CommandTimeoutError>[0]) =>
    new CommandTimeoutError(facts),
  'connection-lost': (facts: ConstructorParameters<typeof ConnectionLostError>[0]) =>
    new ConnectionLostError(facts),
  'not-connected': (facts: ConstructorParameters<typeof NotConnectedError>[0]) =>
    new NotConnectedError(facts),
  'wait-timeout': (facts: ConstructorParameters<typeof WaitTimeoutError>[0]) => new WaitTimeoutError(facts),
  'events-lost': (facts: ConstructorParameters<typeof EventsLostError>[0]) => new EventsLostError(facts),
  'session-lost': (facts: ConstructorParameters<typeof SessionLostError>[0]) => new SessionLostError(facts),
  'unexpected-reply': (facts: ConstructorParameters<typeof UnexpectedReplyError>[0]) =>
    new UnexpectedReplyError(facts),
  'incomplete-reply': (facts: ConstructorParameters<typeof IncompleteReplyError>[0]) =>
    new IncompleteReplyError(facts),
  'reply-too-large': (facts: ConstructorParameters<typeof ReplyTooLargeError>[0]) =>
    new ReplyTooLargeError(facts),
  closed: (facts: ConstructorParameters<typeof ClosedError>[0]) => new ClosedError(facts),
  'worker-failure': (facts: ConstructorParameters<typeof WorkerFailedError>[0]) =>
    new WorkerFailedError(facts),
  'invalid-argument': (facts: { argument: string; value: unknown; expected: string }) =>
    new InvalidArgumentError(facts.argument, facts.value, facts.expected),
}

// These have no class and no facts. Errors of a server have no connection to cross.
const BARE = ['server-failure', 'channel-failure', 'audit-failure']

function isKnown(code: string): boolean {
  return Object.hasOwn(FROM_FACTS, code) || BARE.includes(code)
}

/** Converts any error to data: code, name, message and facts. */
export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { code: undefined, name: 'Error', message: String(error), facts: {} }
  const { name, message } = error
  // Not by class, which can exist in two copies.
  const code = codeOf(error)
  if (code === undefined || !isKnown(code)) return { code: undefined, name, message, facts: {} }
  const { code: _code, cause: _cause, stack: _stack, message: _message, ...facts } = error as RconError
  return { code, name, message, facts: Object.fromEntries(Object.entries(facts).map(plainFact)) }
}

// Only a refused argument can have a value of any type, and the message describes it. All other facts are plain.
function plainFact([name, value]: [string, unknown]): [string, unknown] {
  const isPlain = name !== 'value' || value === null || PLAIN_TYPES.includes(typeof value)
  return [name, isPlain ? value : `(${typeof value})`]
}

const PLAIN_TYPES: readonly string[] = ['string', 'number', 'boolean', 'undefined']

/** Rebuilds the error: the same class and fields, with the stack of this call. */
export function errorFromData(data: ErrorData): Error {
  const error = knownError(data) ?? unknownError(data)
  if (error.name !== data.name) error.name = data.name
  // JSON changes some values of arguments.
  error.message = data.message
  return error
}

/** Nothing where the code is not known, or the facts are not those of its class: they may come from anybody. */
function knownError({ code, facts }: ErrorData): RconError | undefined {
  if (code === undefined || !Object.hasOwn(FROM_FACTS, code)) return undefined
  try {
    return FROM_FACTS[code]?.(facts as never)
  } catch {
    return undefined
  }
}

function unknownError({ code, message }: ErrorData): Error {
  return code === undefined ? new Error(message) : new RconError(code, message)
}
