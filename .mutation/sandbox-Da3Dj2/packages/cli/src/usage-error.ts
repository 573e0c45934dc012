/** A bad command line or setting; the message says what to write instead. */
// @ts-nocheck

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** No player or ban matches, or several do; the command made no change. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}

/** The text of any thrown value, in one sentence. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
