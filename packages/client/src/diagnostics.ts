import { channel } from 'node:diagnostics_channel'
import {
  type ClientPacket,
  decodeClientPacket,
  decodeServerPacket,
  type MalformedPacket,
  type ServerPacket,
} from '@bercon/core'

/** What the channel `bercon:sent` carries; the bytes of a login are left out, because they are the password. */
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
  const shown = packet.type === 'login' ? { ...packet, bytes: NOTHING } : packet
  sent.publish({ address, port, packet: shown } satisfies SentPacket)
}

/** Publishes a datagram that was received. */
export function publishReceived(address: string, port: number, datagram: Uint8Array): void {
  if (!received.hasSubscribers) return
  received.publish({ address, port, packet: decodeServerPacket(datagram) } satisfies ReceivedPacket)
}
