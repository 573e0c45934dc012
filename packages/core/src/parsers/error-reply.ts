import { withoutLineEnd } from './line.js'

/** A reply by which the server refuses a command (W9). */
export interface ErrorReply {
  readonly type: 'error'
  /** `disallowed_command` is the work of the server's `RestrictRCon 1`. */
  readonly error: 'unknown_command' | 'disallowed_command'
  readonly raw: string
}

const ERRORS: ReadonlyMap<string, ErrorReply['error']> = new Map([
  ['unknown command', 'unknown_command'],
  ['disallowed command', 'disallowed_command'],
] as const)

// Far more than either text: a long reply is not copied into lower case to be compared.
const LONGEST = 64
const SHORTEST = Math.min(...Array.from(ERRORS.keys(), ({ length }) => length))

/** Reads a refusal; `undefined` when the reply, as a whole, is something else (W9). */
export function parseErrorReply(reply: string): ErrorReply | undefined {
  if (reply.length < SHORTEST || reply.length > LONGEST) return undefined
  const error = ERRORS.get(withoutLineEnd(reply).toLowerCase())
  return error && { type: 'error', error, raw: reply }
}
