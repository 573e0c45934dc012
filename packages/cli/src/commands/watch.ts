import { EXIT } from '../exit-codes.js'
import { paletteFor } from '../output/colours.js'
import { withClient } from '../server/connected.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { UsageError } from '../usage-error.js'
import { shownEvent } from '../watch/shown-event.js'
import { WATCHED_EVENTS, type WatchedEvent, watchEvents } from '../watch/watched-event.js'

/** The forms of the stream. */
export interface WatchFlags extends Omit<ConnectionFlags, 'format'> {
  readonly format: 'text' | 'ndjson'
  /** Names of events with commas between them. */
  readonly only?: string
}

/** `bercon watch`: until it is interrupted, or the server refuses the password at a reconnect. */
export function watch({ format, only, ...flags }: WatchFlags, signal: AbortSignal): Promise<number> {
  const isWanted = filterOf(only)
  const palette = paletteFor(process.stdout)
  const write = (event: WatchedEvent) => {
    if (!isWanted(event)) return
    const line = format === 'ndjson' ? JSON.stringify(event) : shownEvent(event, palette)
    process.stdout.write(`${line}\n`)
  }
  return withClient(flags, signal, ({ client }) => untilEnded(client.closed, signal), {
    runsOn: true,
    prepare: (client) => watchEvents(client, write),
  })
}

function filterOf(only: string | undefined): (event: WatchedEvent) => boolean {
  if (only === undefined) return () => true
  const names = only.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !WATCHED_EVENTS.includes(name))
  if (unknown !== undefined)
    throw new UsageError(`there is no event "${unknown}"; there are ${WATCHED_EVENTS.join(', ')}`)
  // Whoever picks events must still learn that some of them may be missing.
  return ({ type }) => type === 'gap' || names.includes(type)
}

async function untilEnded(closed: Promise<Error | undefined>, signal: AbortSignal): Promise<number> {
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const reason = await Promise.race([closed, aborted])
  if (reason !== undefined) throw reason
  return EXIT.done
}
