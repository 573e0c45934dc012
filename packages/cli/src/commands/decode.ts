import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { readCapture } from '../capture/capture-file.js'
import { describePacket, type Side, sideOf } from '../capture/described-packet.js'
import { type CapturedDatagram, datagramIn } from '../capture/udp-datagram.js'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { checkPort } from '../settings/checks.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon decode`. */
export interface DecodeFlags {
  readonly file?: string
  readonly port?: string
  readonly from?: Side
  readonly format: 'text' | 'ndjson'
}

type Description = Readonly<Record<string, unknown>>

/** `bercon decode`: 6 when something is no packet. */
export async function decode(hex: readonly string[], flags: DecodeFlags): Promise<number> {
  const descriptions =
    flags.file === undefined ? await fromHex(hex, flags) : fromCapture(flags.file, flags.port)
  let exitCode: number = EXIT.done
  for (const description of descriptions) {
    if (isMalformed(description)) exitCode = EXIT.incomplete
    const line = flags.format === 'ndjson' ? JSON.stringify(description) : inWords(description)
    process.stdout.write(`${line}\n`)
  }
  return exitCode
}

function isMalformed({ type }: Description): boolean {
  return type === 'malformed'
}

/** One datagram of the arguments, or one of each line of standard input. */
async function fromHex(hex: readonly string[], { from }: DecodeFlags): Promise<readonly Description[]> {
  if (hex.length === 0 && process.stdin.isTTY)
    throw new UsageError('no bytes: give hex, pipe it in, or give --file')
  const lines = hex.length > 0 ? [hex.join('')] : (await text(process.stdin)).split('\n')
  return lines
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const datagram = bytesOf(line)
      const side = from ?? sideOf(datagram)
      // Both can be meant: a command and a response look the same.
      const sides: readonly Side[] = side === undefined ? ['client', 'server'] : [side]
      return sides.map((each) => describePacket(datagram, each))
    })
}

function bytesOf(line: string): Uint8Array {
  const digits = line.replace(/0x|[\s:,]/gi, '')
  if (/^(?:[0-9a-f]{2})+$/i.test(digits)) return Uint8Array.from(Buffer.from(digits, 'hex'))
  throw new UsageError('the bytes must be pairs of hexadecimal digits')
}

/** Every datagram that begins as a packet does, by who sent it. */
function fromCapture(path: string, port: string | undefined): readonly Description[] {
  const datagrams = [...readCapture(readFileBytes(path))]
    .map(datagramIn)
    .filter((datagram) => datagram !== undefined)
    .filter(({ bytes }) => bytes[0] === 0x42 && bytes[1] === 0x45)
  const servers = port === undefined ? serversIn(datagrams) : new Set<string>()
  const suffix = port === undefined ? undefined : `:${checkPort('--port', port)}`
  return datagrams.map(({ at, from, to, bytes }) => {
    const isOfServer = suffix === undefined ? servers.has(from) : from.endsWith(suffix)
    const description = describePacket(bytes, isOfServer ? 'server' : 'client')
    return { at: shownTime(at), from, to, ...description }
  })
}

/** In ISO 8601; nothing for what no clock says, in a capture that is damaged. */
function shownTime(at: number): string | null {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

function serversIn(datagrams: readonly CapturedDatagram[]): ReadonlySet<string> {
  const told = datagrams.map(({ bytes, from, to }) => {
    const side = sideOf(bytes)
    return side === undefined ? undefined : side === 'server' ? from : to
  })
  return new Set(told.filter((address) => address !== undefined))
}

function readFileBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function inWords({ at, from, to, side, type, text, ...facts }: Description): string {
  const way = from === undefined ? [] : [String(at ?? 'at no time'), `${from} > ${to}`]
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  const said = text === undefined ? [] : [oneLine(JSON.stringify(text))]
  return [...way, String(side), String(type), ...details, ...said].join('  ')
}
