import type { RecordedMessage } from '../captures/recorded-messages.js'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { jsonText, print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addStreamFormatOption } from '../program/options.js'
import { note } from '../report.js'
import { run } from '../run.js'
import { checkPort } from '../settings/checks.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon replay`. */
export interface ReplayFlags {
  readonly port?: string
  readonly speed?: string
  readonly listen?: string
  readonly encoding?: string
  readonly format: 'text' | 'ndjson'
}

export const command: BerconCommand = {
  name: 'replay',
  about: 'show the events of a recorded session, or be its server',
  examples: ['bercon replay bug.pcapng', 'bercon replay bug.pcapng --speed 1 --listen 2308'],
  define: (command) => {
    addStreamFormatOption(command)
      .argument('<file>', 'capture: pcap or pcapng')
      .option('--port <port>', 'server port in the capture, which identifies the sender')
      .option('--speed <times>', 'as many times as fast as it was; at once if not given')
      .option('--listen <port>', 'be the recorded server instead, for any client and any password')
      .option('--encoding <name>', 'encoding of text that is not UTF-8 (default windows-1252)')
      .action((file: string, flags: ReplayFlags) => run((signal) => replay(file, flags, signal), {}))
  },
}

/**
 * `bercon replay`: the messages of the server through the client's parsers, each at its time of then. With `--listen`
 * until it is interrupted.
 */
export async function replay(file: string, flags: ReplayFlags, signal: AbortSignal): Promise<number> {
  const { recordedMessages } = await import('../captures/recorded-messages.js')
  const serverPort = flags.port === undefined ? undefined : checkPort('--port', flags.port)
  const speed = speedOf(flags.speed)
  const messages = recordedMessages(file, serverPort)
  if (messages.length === 0) {
    const from = serverPort === undefined ? '' : ` from port ${serverPort}`
    note(`${file} contains no message of a server${from}`)
  }
  if (flags.listen !== undefined) {
    const [{ recordedReplies }, { serveReplay }] = await Promise.all([
      import('../captures/recorded-replies.js'),
      import('../captures/replay-server.js'),
    ])
    const onListening = (port: number) =>
      print(
        `${oneLine(`the recorded server is 127.0.0.1 port ${port}, with any password; Ctrl-C ends it`)}\n`,
      )
    const replies = recordedReplies(file, serverPort)
    const port = flags.listen === '0' ? 0 : checkPort('--listen', flags.listen)
    await serveReplay(port, { messages, replies, speed, signal, onListening })
    return EXIT.done
  }
  await showEvents(messages, speed, flags, signal)
  return EXIT.done
}

async function showEvents(
  messages: readonly RecordedMessage[],
  speed: number,
  { format, encoding }: ReplayFlags,
  signal: AbortSignal,
): Promise<void> {
  const [{ paletteFor }, { shownEvent }, { replayMessages }] = await Promise.all([
    import('../output/colors.js'),
    import('../watch/shown-event.js'),
    import('../captures/replayed-client.js'),
  ])
  const palette = paletteFor(process.stdout)
  await replayMessages(messages, { speed, encoding, signal }, (event) => {
    if (format === 'ndjson') print(`${jsonText(event)}\n`)
    else {
      const { beginning, text } = shownEvent(event, palette)
      print(`${beginning}${text}\n`)
    }
  })
}

function speedOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const speed = Number(text)
  if (!(speed > 0)) throw new UsageError('--speed must be a number above 0')
  return speed
}
