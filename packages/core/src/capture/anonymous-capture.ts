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
  const whole = datagrams.flatMap(({ bytes, side }) => {
    const packet = side === 'server' ? decodeServerPacket(bytes) : undefined
    return packet?.type === 'message' || packet?.type === 'response' ? [decodeText(packet.bytes)] : []
  })
  texts.learn([...new Set(replies.values()), ...whole])
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
    ? encodeClientPacket({ ...packet, bytes: shortEnough(texts.command(decodeText(packet.bytes))) })
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
        : encodeServerPacket(partOf(packet, encodeText(texts.reply(reply))))
    case 'response':
      return encodeServerPacket({ ...packet, bytes: shortEnough(texts.reply(decodeText(packet.bytes))) })
    case 'message':
      return encodeServerPacket({ ...packet, bytes: shortEnough(texts.message(decodeText(packet.bytes))) })
  }
}

// What fits into a packet of any kind.
const MOST_BYTES = 65_000

/** An invented name can be longer than the real one, so a text that filled a datagram can have outgrown it. */
function shortEnough(text: string): Uint8Array {
  return encodeText(text).slice(0, MOST_BYTES)
}

/** The share of this part in the changed reply. */
function partOf(packet: ResponsePartPacket, reply: Uint8Array): ServerPacket {
  const size = Math.min(Math.ceil(reply.length / packet.total), MOST_BYTES)
  return { ...packet, bytes: reply.slice(packet.index * size, (packet.index + 1) * size) }
}

/** Parts of a reply that has not arrived whole so far. */
interface OpenReply {
  readonly total: number
  readonly datagrams: SidedDatagram[]
  readonly parts: Map<number, Uint8Array>
}

/** The replies that came in parts and whole, by the datagrams of their parts. */
function wholeReplies(datagrams: readonly SidedDatagram[]): ReadonlyMap<SidedDatagram, string> {
  const whole = new Map<SidedDatagram, string>()
  const open = new Map<string, OpenReply>()
  const commands = new Map<string, string>()
  for (const datagram of datagrams) {
    if (datagram.side === 'client') {
      const packet = decodeClientPacket(datagram.bytes)
      if (packet.type !== 'command') continue
      const flow = `${datagram.to} ${datagram.from} ${packet.sequence}`
      const text = decodeText(packet.bytes)
      // Parts that are left over from the command before are not of this one's reply.
      if (commands.get(flow) !== text) open.delete(flow)
      commands.set(flow, text)
      continue
    }
    const packet = decodeServerPacket(datagram.bytes)
    if (packet.type !== 'response-part') continue
    const flow = `${datagram.from} ${datagram.to} ${packet.sequence}`
    const known = open.get(flow)
    const fresh: OpenReply = { total: packet.total, datagrams: [], parts: new Map() }
    const reply = known?.total === packet.total ? known : fresh
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
