import type { RconErrorCode } from '@bercon/client'
import { NotFoundError, UsageError } from './usage-error.js'

/** Exit codes of the process; documented in the README, and never renumbered. */
export const EXIT = {
  done: 0,
  usage: 1,
  /** As `diff` has it. */
  different: 1,
  refused: 2,
  unreachable: 3,
  notAllowed: 4,
  timedOut: 5,
  incomplete: 6,
  notFound: 7,
  interrupted: 130,
} as const

const BY_ERROR: { readonly [Code in RconErrorCode]?: number } = {
  'login-refused': EXIT.refused,
  'login-timeout': EXIT.unreachable,
  'host-unreachable': EXIT.unreachable,
  'unknown-command': EXIT.notAllowed,
  'command-disallowed': EXIT.notAllowed,
  'rate-limited': EXIT.notAllowed,
  'command-timeout': EXIT.timedOut,
  'connection-lost': EXIT.timedOut,
  'unexpected-reply': EXIT.incomplete,
  'incomplete-reply': EXIT.incomplete,
  'reply-too-large': EXIT.incomplete,
}

/** The exit code for an error; by `code`, because there can be two copies of a class. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof NotFoundError) return EXIT.notFound
  // The cause of a wrapped error counts.
  if (error instanceof UsageError && error.cause !== undefined) return exitCodeOf(error.cause)
  if (!(error instanceof Error && 'code' in error)) return EXIT.usage
  // Parts of the reply came, so that the command was executed, but not all of them.
  if ('outcome' in error && error.outcome === 'executed') return EXIT.incomplete
  return BY_ERROR[error.code as RconErrorCode] ?? EXIT.usage
}
