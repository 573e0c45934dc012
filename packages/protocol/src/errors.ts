import { suggestion } from './text/nearest-name.js'

/**
 * The codes of all errors. Each package adds its own by declaration merging, so a program sees the codes of the packages
 * that it imports.
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
 * The code of any error that bercon throws. Codes are stable. Compare codes, not classes: one install can contain two
 * versions of a package.
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
  /** The `name` of errors of this class. Not the name of the function, which a user's bundler may change. */
  static readonly className: string = 'RconError'
  readonly code: RconErrorCode

  constructor(code: RconErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
  }

  // An accessor, so that `name` is not among the error's own fields, and defining a class runs nothing.
  /** The name of the class, unless you set another. */
  override get name(): string {
    return (this.constructor as typeof RconError).className
  }

  /** Sets the name of this error only. */
  override set name(name: string) {
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true })
  }

  /** Where the error is explained, as a path in the project's repository: `docs/errors.md#login-refused`. */
  get docs(): string {
    return `docs/errors.md#${this.code}`
  }
}

/**
 * The code of an error, even if another copy of the package created it; `undefined` if it has none. The code of another
 * library's error is returned unchanged.
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
 * An argument or option was refused, and nothing was done. `argument` is its name. `value` is the given value, or only
 * its type (`a string`, `an object`) if it may be a secret.
 */
export class InvalidArgumentError extends RconError {
  static override readonly className: string = 'InvalidArgumentError'
  readonly argument: string
  readonly value: unknown
  /** What is accepted, in words. */
  readonly expected: string

  /**
   * @param expected - a noun phrase, as in "port must be a number".
   * @param message - the whole sentence, if the default would read badly.
   */
  constructor(argument: string, value: unknown, expected: string, message?: string) {
    super('invalid-argument', message ?? `${argument} must be ${expected}, but is ${describe(value)}`)
    this.argument = argument
    // An object may contain a password, and errors are printed with all their fields.
    this.value = isOpaque(value) ? describe(value) : value
    this.expected = expected
  }
}

/**
 * The error for an option that does not exist, or an argument in the wrong place. It contains no value, which may be a
 * password.
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

/** The error for an unknown option; it suggests the name that was probably meant and does not show the value. */
export function unknownOption(name: string, value: unknown, names: Iterable<string>): InvalidArgumentError {
  const help = suggestion(name, names) || choiceOf([...names])
  const sentence = `There is no option ${describe(name)}${help}`
  return unshownArgument(name, value, 'an option that exists', sentence)
}

const LISTED_NAMES = 6

// A long list would bury the name that is wrong.
function choiceOf(names: readonly string[]): string {
  if (names.length === 1) return `; the only option is ${names[0]}`
  if (names.length === 0 || names.length > LISTED_NAMES) return ''
  return `; the options are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The error for a password with NUL: servers written in C read it only up to the NUL. */
export function passwordWithNul(): InvalidArgumentError {
  const sentence = 'The password contains a NUL character, which the protocol cannot send; remove it'
  return unshownArgument('password', '', 'a string without NUL', sentence)
}

/** The error for a password that does not fit a datagram; `maxBytes` is the limit. */
export function passwordTooLong(maxBytes: number): InvalidArgumentError {
  const sentence = `The password is longer than ${maxBytes} bytes; use a shorter one`
  return unshownArgument('password', '', `a string of at most ${maxBytes} bytes`, sentence)
}

/** The error for a body that does not fit its packet. */
export function tooManyBytes(bytes: Uint8Array, maxBytes: number, name = 'bytes'): InvalidArgumentError {
  const sentence = `${name} must be at most ${maxBytes} bytes long to fit into one packet, but has ${bytes.length}`
  return new InvalidArgumentError(name, bytes, `at most ${maxBytes} bytes`, sentence)
}

function sortOf(value: unknown): string {
  if (isOpaque(value)) return describe(value)
  if (value === null || value === undefined) return 'missing'
  return `a ${typeof value}`
}

function isOpaque(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

const DESCRIBED_LENGTH = 80

// Never shows all of a long value: a command of a megabyte must not become a message of a megabyte.
function describe(value: unknown): string {
  if (typeof value === 'string') {
    const shown = value.length > DESCRIBED_LENGTH ? `${value.slice(0, DESCRIBED_LENGTH)}…` : value
    return `${JSON.stringify(shown)}${shown === value ? '' : ` (${value.length} characters)`}`
  }
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'function' ? 'a function' : String(value)
}
