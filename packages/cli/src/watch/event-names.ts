import { MESSAGE_EVENTS } from '@bercon/core'
import { UsageError } from '../usage-error.js'

/** Every name that `--only` takes; `gap` and `error` are always shown. */
export const WATCHED_EVENTS: readonly string[] = [
  ...MESSAGE_EVENTS,
  'reforgerLogin',
  'reforgerProcessing',
  'connect',
  'unresponsive',
  'responsive',
  'disconnect',
  'reconnecting',
  'malformed',
  'joinOrLeave',
  'listProblem',
  'error',
]

/**
 * Whether an event is wanted, by the names after `--only` with commas between them; without any, each is.
 *
 * @throws {@link UsageError} for an unknown name.
 */
export function eventFilter(only: string | undefined): (event: { readonly type: string }) => boolean {
  if (only === undefined) return () => true
  const names = only.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !WATCHED_EVENTS.includes(name))
  if (unknown !== undefined)
    throw new UsageError(`there is no event "${unknown}"; the events are ${WATCHED_EVENTS.join(', ')}`)
  // A selection of events must still show that some may be missing.
  return ({ type }) => type === 'gap' || type === 'error' || names.includes(type)
}
