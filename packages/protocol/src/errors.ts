import { suggestion } from './text/nearest-name.js'

/**
 * The codes of errors, as names. Each package adds those of its own errors by declaration merging, so that a program
 * knows the codes of the packages that it imports.
 *
 * @example
 * ```ts
 * import type { RconError } from '@bercon/protocol'
 *
 * declare module '@bercon/protocol' {
 *   interface RconErrorCodes {
 *     'mission-failure': RconError
 *   }
 * }
 * ```
 */
export interface RconErrorCodes {
  'invalid-argument': RconError
  'already-connected': RconError
  'reply-too-large': RconError
  closed: RconError
}

/**
 * Every code that an error of bercon can carry. Codes are stable; classes are not a safe thing to compare,
 * because two versions of a package can stand in one install.
 */
export type RconErrorCode = keyof RconErrorCodes

/**
 * The base of every error that bercon throws. Compare `code`, not classes.
 *
 * @example
 * ```ts
 * import { codeOf, encodeClientPacket } from '@bercon/protocol'
 *
 * try {
 *   encodeClientPacket({ type: 'command', sequence: 256, bytes: new Uint8Array() })
 * } catch (error) {
 *   console.log(codeOf(error)) // invalid-argument
 * }
 * ```
 */
export class RconError extends Error {
  readonly code: RconErrorCode

  constructor(code: RconErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
  }

  /** Where the error is explained, relative to the project's repository: `docs/errors.md#login-refused`. */
  get docs(): string {
    return `docs/errors.md#${this.code}`
  }

  // On the prototype, so that `name` is no fact of the error and a subclass may rename itself.
  static {
    RconError.prototype.name = 'RconError'
  }
}

/**
 * The code of an error, also of one that another copy of the package made; `undefined` where there is none. A code of
 * another library's error comes out as it is.
 *
 * @example
 * ```ts
 * import { codeOf, RconError } from '@bercon/protocol'
 *
 * console.log(codeOf(new RconError('closed', 'The client was closed'))) // closed
 * ```
 */
export function codeOf(error: unknown): RconErrorCode | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? (code as RconErrorCode) : undefined
}

/**
 * An argument or option was refused before anything was done with it. `argument` names it; `value` is what was given, or
 * its sort (`a string`, `an object`) where it may be a secret.
 */
export class InvalidArgumentError extends RconError {
  readonly argument: string
  readonly value: unknown
  /** What would have been accepted, in words. */
  readonly expected: string

  /**
   * @param expected - a noun, as in "port must be a number".
   * @param message - the whole sentence, where that one would not be a good one.
   */
  constructor(argument: string, value: unknown, expected: string, message?: string) {
    super('invalid-argument', message ?? `${argument} must be ${expected}, but is ${describe(value)}`)
    this.argument = argument
    // An object may have a password in it, and errors are printed with all that they hold.
    this.value = isOpaque(value) ? describe(value) : value
    this.expected = expected
  }

  static {
    InvalidArgumentError.prototype.name = 'InvalidArgumentError'
  }
}

/**
 * An argument that must be something else, without its value: of options that do not exist, and of arguments in the
 * wrong place, the value may be a password.
 */
export function unshownArgument(
  argument: string,
  value: unknown,
  expected: string,
  message?: string,
): InvalidArgumentError {
  const sort = sortOf(value)
  const sentence = message ?? `${argument} must be ${expected}, but is ${sort}`
  return new InvalidArgumentError(argument, sort, expected, sentence)
}

/** An option that does not exist, with the name that was probably meant. Its value is not shown. */
export function unknownOption(name: string, value: unknown, names: Iterable<string>): InvalidArgumentError {
  const sentence = `There is no option ${describe(name)}${suggestion(name, names)}`
  return unshownArgument(name, value, 'an option that exists', sentence)
}

/** A password that no client can send: servers in C read it up to a NUL. */
export function passwordWithNul(): InvalidArgumentError {
  const sentence = 'The password contains a NUL character, which the protocol cannot send; remove it'
  return unshownArgument('password', '', 'a string without NUL', sentence)
}

/** A password that does not fit one datagram with its header; `maxBytes` do. */
export function passwordTooLong(maxBytes: number): InvalidArgumentError {
  const sentence = `The password is longer than ${maxBytes} bytes; use a shorter one`
  return unshownArgument('password', '', `a string of at most ${maxBytes} bytes`, sentence)
}

/** A body that does not fit into its packet. */
export function tooManyBytes(bytes: Uint8Array, maxBytes: number, name = 'bytes'): InvalidArgumentError {
  const sentence = `${name} must be at most ${maxBytes} bytes long to fit into one packet, but has ${bytes.length}`
  return new InvalidArgumentError(name, bytes, `at most ${maxBytes} bytes`, sentence)
}

function sortOf(value: unknown): string {
  if (isOpaque(value)) return describe(value)
  if (value === null || value === undefined) return 'missing'
  return typeof value === 'string' ? 'a string' : `a ${typeof value}`
}

function isOpaque(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

const DESCRIBED_LENGTH = 80

// Never the whole of a long value: a command of a megabyte must not become a message of a megabyte.
function describe(value: unknown): string {
  if (typeof value === 'string') {
    const shown = value.length > DESCRIBED_LENGTH ? `${value.slice(0, DESCRIBED_LENGTH)}…` : value
    return `${JSON.stringify(shown)}${shown === value ? '' : ` (${value.length} characters)`}`
  }
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'function' ? 'a function' : String(value)
}
