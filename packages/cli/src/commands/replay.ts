import { EXIT } from '../exit-codes.js'
import { jsonText, print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addStreamFormatOption } from '../program/options.js'
import { run } from '../run.js'
import { checkPort } from '../settings/checks.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon replay`. */
export interface ReplayFlags {
  readonly port?: string
  readonly speed?: string
  readonly encoding?: string
  readonly format: 'text' | 'ndjson'
}

export const command: BerconCommand = {
  name: 'replay',
  about: 'show the events of a recorded session, as "watch" shows them',
  examples: ['bercon replay bug.pcapng', 'bercon replay bug.pcapng --speed 10 --format ndjson'],
  define: (command) => {
    addStreamFormatOption(command)
      .argument('<file>', 'capture: pcap or pcapng')
      .option('--port <port>', 'server port in the capture, which identifies the sender')
      .option('--speed <times>', 'as many times as fast as it was; at once if not given')
      .option('--encoding <name>', 'encoding of text that is not UTF-8 (default windows-1252)')
      .action((file: string, flags: ReplayFlags) => run((signal) => replay(file, flags, signal), {}))
  },
}

/** `bercon replay`: the messages of the server through the client's parsers, each at its time of then. */
export async function replay(file: string, flags: ReplayFlags, signal: AbortSignal): Promise<number> {
  const [{ paletteFor }, { shownEvent }, { recordedMessages }, { replayMessages }] = await Promise.all([
    import('../output/colors.js'),
    import('../watch/shown-event.js'),
    import('../captures/recorded-messages.js'),
    import('../captures/replayed-client.js'),
  ])
  const palette = paletteFor(process.stdout)
  const messages = recordedMessages(
    file,
    flags.port === undefined ? undefined : checkPort('--port', flags.port),
  )
  await replayMessages(
    messages,
    { speed: speedOf(flags.speed), encoding: flags.encoding, signal },
    (event) => {
      if (flags.format === 'ndjson') print(`${jsonText(event)}\n`)
      else {
        const { beginning, text } = shownEvent(event, palette)
        print(`${beginning}${text}\n`)
      }
    },
  )
  return EXIT.done
}

function speedOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const speed = Number(text)
  if (!(speed > 0)) throw new UsageError('--speed is a number above 0')
  return speed
}
