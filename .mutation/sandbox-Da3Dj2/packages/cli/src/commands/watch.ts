// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { jsonText, print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addServersOptions, addStreamFormatOption } from '../program/options.js'
import { run } from '../run.js'
import type { ServersFlags } from '../server/several-servers.js'
import type { WatchedEvent } from '../watch/watched-event.js'

/** The formats of the stream. */
interface WatchFlags extends Omit<ServersFlags, 'format'> {
  readonly format: 'text' | 'ndjson'
  /** Names of events, comma-separated. */
  readonly only?: string
}

export const command: BerconCommand = {
  name: 'watch',
  about: 'show events of the server, line by line, until Ctrl-C',
  examples: ['bercon watch', 'bercon watch --format ndjson --only playerMessage,playerConnect'],
  define: (command) => {
    addStreamFormatOption(command)
      .option('--only <events>', 'only these events, comma-separated; "gap" and "error" are always shown')
      .action((flags: WatchFlags) => run((signal) => watch(flags, signal), flags))
    addServersOptions(command)
  },
}

/** `bercon watch`: until it is interrupted, or the server refuses the password at a reconnect. */
export async function watch({ format, only, ...flags }: WatchFlags, signal: AbortSignal): Promise<number> {
  const [{ paletteFor }, { withServers }, { eventFilter }, { shownEvent }, { watchEvents }] =
    await Promise.all([
      import('../output/colors.js'),
      import('../server/several-servers.js'),
      import('../watch/event-names.js'),
      import('../watch/shown-event.js'),
      import('../watch/watched-event.js'),
    ])
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
