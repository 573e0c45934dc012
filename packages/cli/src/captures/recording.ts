import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { closeSync, readFileSync } from 'node:fs'
import { anonymousCapture, captureBlock, captureHead, readDatagrams, type Side } from '@bercon/core/capture'
import { checkWritable, openOutput, writeOutput, writePiece } from '../output/output-file.js'
import { messageOf, UsageError } from '../usage-error.js'

const BUFFER_BYTES = 4 * 1024 * 1024

/** A server to record. */
export interface RecordedServer {
  readonly host: string
  readonly port: number
}

/** How long to record, and who is to know where. */
export interface RecordOptions {
  readonly signal: AbortSignal
  readonly onListening: (port: number) => void
}

/**
 * Stands between clients on this machine and a server, and writes every datagram into a capture as it passes. Returns
 * how many there were, once the signal is aborted.
 */
export async function recordThrough(
  server: RecordedServer,
  listenPort: number,
  file: string,
  { signal, onListening }: RecordOptions,
): Promise<number> {
  checkWritable(file)
  const { address } = await lookup(server.host)
  const front = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
  const backs = new Map<number, Socket>()
  const failure = new AbortController()
  let target: number | undefined
  let packets = 0
  const write = (bytes: Uint8Array, side: Side, clientPort: number) => {
    const client = end('127.0.0.1', clientPort)
    const ends = [client, end(address, server.port)] as const
    const [from, to] = side === 'client' ? ends : [ends[1], client]
    // Both ends of a packet are of one family.
    const way = address.includes(':') ? { from: mapped(from), to: mapped(to) } : { from, to }
    if (target === undefined || failure.signal.aborted) return
    try {
      writePiece(target, file, captureBlock({ at: Date.now(), bytes, ...way }, side))
      packets++
    } catch (error) {
      failure.abort(error)
    }
  }
  try {
    await listenAt(front, listenPort, signal)
    // Not before: a recording that cannot begin must not empty the file of an earlier one.
    target = openOutput(file)
    writePiece(target, file, captureHead())
    front.on('message', (bytes, client) => {
      write(bytes, 'client', client.port)
      backTo(client).send(bytes, server.port, address)
    })
    onListening(front.address().port)
    await once(AbortSignal.any([signal, failure.signal]), 'abort')
    failure.signal.throwIfAborted()
    return packets
  } finally {
    front.close()
    for (const back of backs.values()) back.close()
    if (target !== undefined) closeSync(target)
  }

  /** The socket towards the server that belongs to this client. */
  function backTo({ port }: RemoteInfo): Socket {
    const known = backs.get(port)
    if (known !== undefined) return known
    const type = address.includes(':') ? 'udp6' : 'udp4'
    const back = createSocket({ type, recvBufferSize: BUFFER_BYTES })
    back.on('message', (bytes) => {
      write(bytes, 'server', port)
      front.send(bytes, port, '127.0.0.1')
    })
    // The server is away, which the client notices by itself.
    back.on('error', () => {})
    backs.set(port, back)
    return back
  }
}

/** A capture that was written again: its packets, and how many of the other one were left out. */
export interface CopiedCapture {
  readonly packets: number
  readonly left: number
}

/**
 * Writes captures again as one, in the order of their times, without passwords, and with invented names if that is asked
 * for: the same ones in all of them.
 */
export function copyCaptures(from: readonly string[], to: string, anonymize: boolean): CopiedCapture {
  const all = from.flatMap((file) => readDatagrams(readFile(file)))
  // A single one stays as it is: the clock can have been set back.
  const datagrams = from.length > 1 ? all.sort((a, b) => a.at - b.at) : all
  const kept = anonymize ? anonymousCapture(datagrams) : datagrams
  writeOutput(
    to,
    Buffer.concat([captureHead(), ...kept.map((datagram) => captureBlock(datagram, datagram.side))]),
  )
  return { packets: kept.length, left: datagrams.length - kept.length }
}

/** The bytes of a file. @throws `UsageError` if it cannot be read. */
export function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${messageOf(error)}`)
  }
}

/** Binds a port of this machine for a client. @throws `UsageError` if it is taken. */
export async function listenAt(socket: Socket, port: number, signal: AbortSignal): Promise<void> {
  socket.bind(port, '127.0.0.1')
  try {
    await once(socket, 'listening', { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw new UsageError(`cannot listen on 127.0.0.1 port ${port}: ${messageOf(error)}; use another --listen`)
  }
}

function end(address: string, port: number): string {
  return address.includes(':') ? `[${groupsOf(address)}]:${port}` : `${address}:${port}`
}

/** An address of IPv6 with all of its groups. */
function groupsOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'))
  const [before, after] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : new Array(8 - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after].join(':')
}

function mapped(where: string): string {
  const [, address = '', port = ''] = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(where) ?? []
  if (address === '') return where
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  return `[0:0:0:0:0:ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}]:${port}`
}
