import {
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  type ResponsePartPacket,
  type ServerPacket,
} from '@bercon/protocol'
import { AnonymousTexts } from './anonymous-texts.js'
import type { SidedDatagram } from './described-capture.js'
import { endOf } from './udp-datagram.js'

/**
 * The same capture with invented names, GUIDs and addresses, each replaced by the same one everywhere; chat stays. A
 * reply in parts keeps the number of its parts. What cannot be read is left out: a datagram that is no packet, and parts
 * of a reply that did not arrive whole, because a name can be cut between two of them.
 */
export function anonymousCapture(datagrams: readonly SidedDatagram[]): readonly SidedDatagram[] {
  const texts = new AnonymousTexts()
  const replies = wholeReplies(datagrams)
  for (const text of replies.values()) texts.learn(text)
  for (const { bytes } of datagrams) {
    // A command looks like a response, but is no list and no line of a server.
    const packet = decodeServerPacket(bytes)
    if (packet.type === 'message' || packet.type === 'response') texts.learn(decodeText(packet.bytes))
  }
  return datagrams.flatMap((datagram) => {
    const bytes =
      datagram.side === 'client'
        ? clientBytes(datagram, texts)
        : serverBytes(datagram, texts, replies.get(datagram))
    return bytes === undefined
      ? []
      : [{ ...datagram, bytes, from: end(datagram.from, texts), to: end(datagram.to, texts) }]
  })
}

function clientBytes({ bytes }: SidedDatagram, texts: AnonymousTexts): Uint8Array | undefined {
  const packet = decodeClientPacket(bytes)
  if (packet.type === 'malformed') return undefined
  return packet.type === 'command'
    ? encodeClientPacket({ ...packet, bytes: changed(packet.bytes, texts) })
    : bytes
}

function serverBytes(
  { bytes }: SidedDatagram,
  texts: AnonymousTexts,
  reply: string | undefined,
): Uint8Array | undefined {
  const packet = decodeServerPacket(bytes)
  switch (packet.type) {
    case 'malformed':
      return undefined
    case 'login':
      return bytes
    case 'response-part':
      return reply === undefined
        ? undefined
        : encodeServerPacket(partOf(packet, encodeText(texts.changed(reply))))
    default:
      return encodeServerPacket({ ...packet, bytes: changed(packet.bytes, texts) })
  }
}

function changed(bytes: Uint8Array, texts: AnonymousTexts): Uint8Array {
  return encodeText(texts.changed(decodeText(bytes)))
}

/** The share of this part in the changed reply. */
function partOf(packet: ResponsePartPacket, reply: Uint8Array): ServerPacket {
  const size = Math.ceil(reply.length / packet.total)
  return { ...packet, bytes: reply.slice(packet.index * size, (packet.index + 1) * size) }
}

/** Parts of a reply that has not arrived whole so far. */
interface OpenReply {
  readonly datagrams: SidedDatagram[]
  readonly parts: Map<number, Uint8Array>
}

/** The replies that came in parts and whole, by the datagrams of their parts. */
function wholeReplies(datagrams: readonly SidedDatagram[]): ReadonlyMap<SidedDatagram, string> {
  const whole = new Map<SidedDatagram, string>()
  const open = new Map<string, OpenReply>()
  for (const datagram of datagrams) {
    const packet = decodeServerPacket(datagram.bytes)
    // No command is one: a part begins with NUL.
    if (packet.type !== 'response-part') continue
    const flow = `${datagram.from} ${datagram.to} ${packet.sequence} ${packet.total}`
    const reply: OpenReply = open.get(flow) ?? { datagrams: [], parts: new Map() }
    open.set(flow, reply)
    reply.datagrams.push(datagram)
    reply.parts.set(packet.index, packet.bytes)
    if (reply.parts.size < packet.total) continue
    const inOrder = [...reply.parts].sort(([a], [b]) => a - b)
    const text = decodeText(Uint8Array.from(inOrder.flatMap(([, bytes]) => [...bytes])))
    for (const part of reply.datagrams) whole.set(part, text)
    open.delete(flow)
  }
  return whole
}

/** An end of a flow with an invented address. */
function end(written: string, texts: AnonymousTexts): string {
  const { address, port } = endOf(written)
  const invented = texts.address(address)
  return address.includes(':') ? `[${invented}]:${port}` : `${invented}:${port}`
}
