import { withoutPassword } from '@bercon/client'
import {
  type ClientPacket,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  HEADER_BYTES,
  type MalformedPacket,
  type ServerPacket,
} from '@bercon/protocol'

/** Who sent a datagram. */
export type Side = 'client' | 'server'

const LOGIN = 0
const MESSAGE = 2

/** A packet in words. No password is in it, neither of a login nor of a command. */
export function describePacket(datagram: Uint8Array, side: Side): Readonly<Record<string, unknown>> {
  const packet = side === 'client' ? decodeClientPacket(datagram) : decodeServerPacket(datagram)
  return { side, ...withText(packet, side) }
}

function withText(
  packet: ClientPacket | ServerPacket | MalformedPacket,
  side: Side,
): Readonly<Record<string, unknown>> {
  if (!('bytes' in packet)) return { ...packet }
  const { bytes, ...rest } = packet
  if (packet.type === 'login') return { ...rest, passwordBytes: bytes.length }
  const text = decodeText(bytes)
  return { ...rest, text: side === 'client' ? withoutPassword(text) : text }
}

/** Who must have sent it; nothing where both could have (a command looks like a response). */
export function sideOf(datagram: Uint8Array): Side | undefined {
  const type = datagram[HEADER_BYTES]
  if (type === LOGIN) return decodeServerPacket(datagram).type === 'login' ? 'server' : 'client'
  if (type !== MESSAGE) return undefined
  return decodeClientPacket(datagram).type === 'acknowledgement' ? 'client' : 'server'
}
