import { readDatagrams } from '@bercon/core/capture'
import { decodeClientPacket, decodeServerPacket, decodeText, type ServerPacket } from '@bercon/protocol'
import { readFile } from './recording.js'

/** What the server of a capture answered, by the text of the command, in order. */
export type RecordedReplies = ReadonlyMap<string, readonly Uint8Array[]>

/** The whole replies of a capture; of a reply in parts that did not arrive whole there is none. */
export function recordedReplies(file: string, serverPort: number | undefined): RecordedReplies {
  const suffix = `:${serverPort}`
  const isServer = serverPort === undefined ? undefined : (address: string) => address.endsWith(suffix)
  const commands = new Map<string, string>()
  const parts = new Map<string, OpenReply>()
  const replies = new Map<string, Uint8Array[]>()
  for (const { from, to, bytes, side } of readDatagrams(readFile(file), isServer)) {
    if (side === 'client') {
      const packet = decodeClientPacket(bytes)
      if (packet.type !== 'command') continue
      const key = `${from} ${to} ${packet.sequence}`
      const text = decodeText(packet.bytes)
      // Parts that are left over from the command before are not of this one's reply.
      if (commands.get(key) !== text) parts.delete(key)
      commands.set(key, text)
      continue
    }
    const packet = decodeServerPacket(bytes)
    if (packet.type !== 'response' && packet.type !== 'response-part') continue
    const key = `${to} ${from} ${packet.sequence}`
    const reply = wholeReply(packet, key, parts)
    const text = commands.get(key)
    if (reply === undefined || text === undefined) continue
    // What comes again is a copy.
    commands.delete(key)
    const known = replies.get(text)
    if (known === undefined) replies.set(text, [reply])
    else known.push(reply)
  }
  return replies
}

/** Parts of a reply that has not arrived whole so far. */
interface OpenReply {
  readonly total: number
  readonly parts: Map<number, Uint8Array>
}

function wholeReply(
  packet: Extract<ServerPacket, { type: 'response' | 'response-part' }>,
  key: string,
  open: Map<string, OpenReply>,
): Uint8Array | undefined {
  if (packet.type === 'response') return packet.bytes
  const known = open.get(key)
  const reply: OpenReply = known?.total === packet.total ? known : { total: packet.total, parts: new Map() }
  const { parts } = reply
  open.set(key, reply)
  parts.set(packet.index, packet.bytes)
  if (parts.size < packet.total) return undefined
  open.delete(key)
  return Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes))
}
