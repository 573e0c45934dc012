/** What was asked for cannot be done as it was asked; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Nobody is meant by what was typed, or several are; nothing was changed. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}

/** An error in one sentence, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
