import { EXIT } from '../exit-codes.js'
import { paletteFor } from '../output/colours.js'
import { jsonText, print } from '../output/terminal.js'
import { withClient } from '../server/connected.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { eventFilter } from '../watch/event-filter.js'
import { shownEvent } from '../watch/shown-event.js'
import { type WatchedEvent, watchEvents } from '../watch/watched-event.js'

/** The forms of the stream. */
export interface WatchFlags extends Omit<ConnectionFlags, 'format'> {
  readonly format: 'text' | 'ndjson'
  /** Names of events with commas between them. */
  readonly only?: string
}

/** `bercon watch`: until it is interrupted, or the server refuses the password at a reconnect. */
export function watch({ format, only, ...flags }: WatchFlags, signal: AbortSignal): Promise<number> {
  const isWanted = eventFilter(only)
  const palette = paletteFor(process.stdout)
  const write = (event: WatchedEvent) => {
    if (!isWanted(event)) return
    const line = format === 'ndjson' ? jsonText(event) : shownEvent(event, palette)
    print(`${line}\n`)
  }
  return withClient(flags, signal, ({ client }) => untilEnded(client.closed, signal), {
    runsOn: true,
    prepare: (client) => watchEvents(client, write),
  })
}

async function untilEnded(closed: Promise<Error | undefined>, signal: AbortSignal): Promise<number> {
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const reason = await Promise.race([closed, aborted])
  if (reason !== undefined) throw reason
  return EXIT.done
}
