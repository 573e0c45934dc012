import type { RconError } from '@bercon/protocol'

/** A call that fails, as a reader would write it, and what else has to be so. */
export interface Provocation {
  readonly call: string
  /** The circumstances, such as `the server does not answer`. */
  readonly when?: string
  /** Throws, rejects, returns the error, or returns an array with it, as events do. */
  readonly provoke: () => unknown
}

/** What a call failed with. */
export interface Provoked extends Omit<Provocation, 'provoke'> {
  readonly error: RconError
}

/** Makes each call, one after another, so that none disturbs the next. */
export async function provokeAll(provocations: readonly Provocation[]): Promise<readonly Provoked[]> {
  const provoked: Provoked[] = []
  for (const { provoke, ...shown } of provocations)
    provoked.push({ ...shown, error: await failureOf(shown.call, provoke) })
  return provoked
}

async function failureOf(call: string, provoke: () => unknown): Promise<RconError> {
  let result: unknown
  try {
    result = await provoke()
  } catch (error) {
    return error as RconError
  }
  if (result instanceof Error) return result as RconError
  throw new Error(`${call} did not fail`)
}

/** A message in Markdown, without what Markdown would read as its own. */
export function markdownText(message: string): string {
  return message.replace(/[<*_`\\]/g, '\\$&')
}
