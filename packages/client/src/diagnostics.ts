import { channel } from 'node:diagnostics_channel'
import {
  type ClientPacket,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
  type MalformedPacket,
  type ServerPacket,
  withoutPassword,
} from '@bercon/core'

/** What the channel `bercon:sent` carries; passwords are left out, those of logins and those of `RConPassword`. */
export interface SentPacket {
  readonly address: string
  readonly port: number
  readonly packet: ClientPacket | MalformedPacket
}

/** What the channel `bercon:received` carries. */
export interface ReceivedPacket {
  readonly address: string
  readonly port: number
  readonly packet: ServerPacket | MalformedPacket
}

const sent = channel('bercon:sent')
const received = channel('bercon:received')
const NOTHING = new Uint8Array(0)

/** Publishes a datagram that is sent; costs next to nothing while nobody has subscribed. */
export function publishSent(address: string, port: number, datagram: Uint8Array): void {
  if (!sent.hasSubscribers) return
  const packet = decodeClientPacket(datagram)
  sent.publish({ address, port, packet: shown(packet) } satisfies SentPacket)
}

/** Publishes a datagram that was received. */
export function publishReceived(address: string, port: number, datagram: Uint8Array): void {
  if (!received.hasSubscribers) return
  received.publish({ address, port, packet: decodeServerPacket(datagram) } satisfies ReceivedPacket)
}

function shown(packet: ClientPacket | MalformedPacket): ClientPacket | MalformedPacket {
  if (packet.type === 'login') return { ...packet, bytes: NOTHING }
  if (packet.type !== 'command') return packet
  const text = decodeText(packet.bytes)
  const harmless = withoutPassword(text)
  return harmless === text ? packet : { ...packet, bytes: encodeText(harmless) }
}
