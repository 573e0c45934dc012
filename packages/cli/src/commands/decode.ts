import { readFileSync } from 'node:fs'
import type { Side } from '@bercon/core/capture'
import { EXIT } from '../exit-codes.js'
import { jsonOf, oneLine } from '../output/safe-text.js'
import { jsonText, print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addStreamFormatOption } from '../program/options.js'
import { run } from '../run.js'
import { checkPort } from '../settings/checks.js'
import { messageOf, UsageError } from '../usage-error.js'

/** The flags of `bercon decode`. */
export interface DecodeFlags {
  readonly file?: string
  readonly port?: string
  readonly from?: Side
  readonly encoding?: string
  readonly format: 'text' | 'ndjson'
}

export const command: BerconCommand = {
  name: 'decode',
  about: 'decode packets from hex or a capture',
  examples: ['bercon decode 42 45 be dc c2 58 ff 01 00', 'bercon decode --file capture.pcapng --port 2306'],
  define: (command) => {
    const from = command
      .createOption('--from <side>', 'sender of the hex bytes')
      .choices(['client', 'server'])
    addStreamFormatOption(command)
      .argument('[hex...]', 'bytes of one datagram, with or without spaces')
      .option('--file <file>', 'capture file: pcap or pcapng')
      .option('--port <port>', 'server port in the capture, which identifies the sender')
      .addOption(from)
      .option('--encoding <name>', 'encoding of text that is not UTF-8 (default windows-1252)')
      .action((hex: string[], flags: DecodeFlags) => run(() => decode(hex, flags), {}))
  },
}

type Description = Readonly<Record<string, unknown>>

/** `bercon decode`: exits with 6 if a datagram is not a packet. */
export async function decode(hex: readonly string[], flags: DecodeFlags): Promise<number> {
  const protocol: typeof import('@bercon/protocol') = await import('@bercon/protocol')
  // Also if no packet of the capture needs it.
  if (flags.encoding !== undefined) protocol.checkEncoding(flags.encoding)
  const read = flags.file === undefined ? fromHex(hex, flags) : fromCapture(flags.file, flags)
  const descriptions = await read
  let exitCode: number = EXIT.done
  for (const description of descriptions) {
    if (isMalformed(description)) exitCode = EXIT.incomplete
    const line = flags.format === 'ndjson' ? jsonText(description) : inWords(description)
    print(`${line}\n`)
  }
  return exitCode
}

function isMalformed({ type }: Description): boolean {
  return type === 'malformed'
}

/** One datagram of the arguments, or one of each line of standard input. */
async function fromHex(
  hex: readonly string[],
  { from, encoding }: DecodeFlags,
): Promise<readonly Description[]> {
  if (hex.length === 0 && process.stdin.isTTY)
    throw new UsageError('no bytes: pass them as hex, pipe them in, or use --file')
  const { bytesOfHex, describeDatagram } = await import('@bercon/core/capture')
  const lines = hex.length > 0 ? [hex.join('')] : await linesOfStdin()
  return lines
    .filter((line) => line.trim() !== '')
    .flatMap((line) => describeDatagram(bytesOfHex(line), from, { encoding }))
}

async function linesOfStdin(): Promise<readonly string[]> {
  const { text } = await import('node:stream/consumers')
  return (await text(process.stdin)).split('\n')
}

async function fromCapture(path: string, { port, encoding }: DecodeFlags): Promise<readonly Description[]> {
  const { describeCapture } = await import('@bercon/core/capture')
  const suffix = port === undefined ? undefined : `:${checkPort('--port', port)}`
  const isServer = suffix === undefined ? undefined : (address: string) => address.endsWith(suffix)
  return describeCapture(readFileBytes(path), isServer, { encoding }).map(({ at, from, to, ...packet }) => ({
    at: new Date(at).toISOString(),
    from,
    to,
    ...packet,
  }))
}

function readFileBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${messageOf(error)}`)
  }
}

function inWords({ at, from, to, side, type, text, ...facts }: Description): string {
  const way = from === undefined ? [] : [String(at), `${from} > ${to}`]
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  const said = text === undefined ? [] : [jsonOf(text)]
  return oneLine([...way, String(side), String(type), ...details, ...said].join('  '))
}
