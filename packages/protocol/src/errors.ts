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
 * its sort (`a text`, `an object`) where it may be a secret.
 */
export class InvalidArgumentError extends RconError {
  readonly argument: string
  readonly value: unknown
  /** What would have been accepted, in words. */
  readonly expected: string

  constructor(argument: string, value: unknown, expected: string, shown: string = describe(value)) {
    super('invalid-argument', `${argument} must be ${expected}, but is ${shown}`)
    this.argument = argument
    // An object may have a password in it, and errors are printed with all that they hold.
    this.value = isOpaque(value) ? shown : value
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
export function unshownArgument(argument: string, value: unknown, expected: string): InvalidArgumentError {
  const sort = sortOf(value)
  return new InvalidArgumentError(argument, sort, expected, sort)
}

function sortOf(value: unknown): string {
  if (isOpaque(value)) return describe(value)
  if (value === null || value === undefined) return 'missing'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
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
