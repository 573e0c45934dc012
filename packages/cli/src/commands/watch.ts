import { EXIT } from '../exit-codes.js'
import { paletteFor } from '../output/colours.js'
import { jsonText, print } from '../output/terminal.js'
import { type ServersFlags, withServers } from '../server/several-servers.js'
import { eventFilter } from '../watch/event-filter.js'
import { shownEvent } from '../watch/shown-event.js'
import { type WatchedEvent, watchEvents } from '../watch/watched-event.js'

/** The forms of the stream. */
export interface WatchFlags extends Omit<ServersFlags, 'format'> {
  readonly format: 'text' | 'ndjson'
  /** Names of events with commas between them. */
  readonly only?: string
}

/** `bercon watch`: until it is interrupted, or the server refuses the password at a reconnect. */
export function watch({ format, only, ...flags }: WatchFlags, signal: AbortSignal): Promise<number> {
  const isWanted = eventFilter(only)
  const palette = paletteFor(process.stdout)
  const lineOf = (event: WatchedEvent, server: string | undefined) => {
    if (format === 'ndjson') return jsonText(server === undefined ? event : { ...event, server })
    const { beginning, text } = shownEvent(event, palette, server)
    return beginning + text
  }
  const write = (event: WatchedEvent, server: string | undefined) => {
    if (isWanted(event)) print(`${lineOf(event, server)}\n`)
  }
  return withServers(flags, signal, ({ client, call }) => untilEnded(client.closed, call.signal), {
    runsOn: true,
    prepare: (client, server) => watchEvents(client, (event) => write(event, server)),
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
