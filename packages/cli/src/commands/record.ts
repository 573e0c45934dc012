import type { CopiedCapture } from '../captures/recording.js'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { run } from '../run.js'
import { checkPort } from '../settings/checks.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon record`. */
interface RecordFlags {
  readonly from?: readonly string[]
  readonly host?: string
  readonly port?: string
  readonly listen: string
  readonly anonymize?: boolean
}

export const command: BerconCommand = {
  name: 'record',
  about: 'record what a client and a server say into a capture, without passwords',
  examples: [
    'bercon record bug.pcapng --host 192.0.2.1 --port 2306',
    'bercon record shared.pcapng --from bug.pcapng --anonymize',
  ],
  define: (command) => {
    command
      .argument('<file>', 'capture to write, in the form of pcapng')
      .option('--host <host>', 'server to pass packets on to')
      .option('--port <port>', 'its RCON port')
      .option('--listen <port>', 'port on this machine that the client connects to', '2307')
      .option(
        '--from <file>',
        'copy this capture and connect nothing; several are put together',
        (file: string, before: readonly string[] = []) => [...before, file],
      )
      .option('--anonymize', 'replace names, GUIDs and IP addresses of players and admins')
      .action((file: string, flags: RecordFlags) => run((signal) => record(file, flags, signal), {}))
  },
}

/** `bercon record`: until it is interrupted, or once if it copies a capture. */
async function record(file: string, flags: RecordFlags, signal: AbortSignal): Promise<number> {
  const { copyCaptures, recordThrough } = await import('../captures/recording.js')
  const { from, host, port, listen, anonymize = false } = flags
  if (from !== undefined) {
    print(`${oneLine(copied(file, copyCaptures(from, file, anonymize)))}\n`)
    return EXIT.done
  }
  if (host === undefined || port === undefined)
    throw new UsageError('give --host and --port of the server, or --from')
  const target = { host, port: checkPort('--port', port) }
  const packets = await recordThrough(target, listen === '0' ? 0 : checkPort('--listen', listen), file, {
    signal,
    onListening: (at) =>
      print(`${oneLine(`connect your client to 127.0.0.1 port ${at}; Ctrl-C ends the recording`)}\n`),
  })
  const all = { packets, left: 0 }
  print(`${oneLine(copied(file, anonymize ? copyCaptures([file], file, true) : all))}\n`)
  return EXIT.done
}

function copied(file: string, { packets, left }: CopiedCapture): string {
  const others = left === 0 ? '' : `; ${left} that cannot be read, such as damaged ones, are left out`
  return `${file}: ${packets} packets${others}`
}
