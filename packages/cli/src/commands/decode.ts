import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { bytesOfHex, describeCapture, describeDatagram, type Side } from '@bercon/core/capture'
import { checkEncoding } from '@bercon/protocol'
import { EXIT } from '../exit-codes.js'
import { jsonOf, oneLine } from '../output/safe-text.js'
import { jsonText, print } from '../output/terminal.js'
import { checkPort } from '../settings/checks.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon decode`. */
export interface DecodeFlags {
  readonly file?: string
  readonly port?: string
  readonly from?: Side
  readonly encoding?: string
  readonly format: 'text' | 'ndjson'
}

type Description = Readonly<Record<string, unknown>>

/** `bercon decode`: 6 when something is no packet. */
export async function decode(hex: readonly string[], flags: DecodeFlags): Promise<number> {
  // Also where nothing in the capture needs it.
  if (flags.encoding !== undefined) checkEncoding(flags.encoding)
  const descriptions = flags.file === undefined ? await fromHex(hex, flags) : fromCapture(flags.file, flags)
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
    throw new UsageError('no bytes: give hex, pipe it in, or give --file')
  const lines = hex.length > 0 ? [hex.join('')] : (await text(process.stdin)).split('\n')
  return lines
    .filter((line) => line.trim() !== '')
    .flatMap((line) => describeDatagram(bytesOfHex(line), from, { encoding }))
}

function fromCapture(path: string, { port, encoding }: DecodeFlags): readonly Description[] {
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
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function inWords({ at, from, to, side, type, text, ...facts }: Description): string {
  const way = from === undefined ? [] : [String(at), `${from} > ${to}`]
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  const said = text === undefined ? [] : [jsonOf(text)]
  return oneLine([...way, String(side), String(type), ...details, ...said].join('  '))
}
