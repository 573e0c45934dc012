// @ts-nocheck
import { channel } from 'node:diagnostics_channel'
import type { MalformedPacket } from '@bercon/core'
import {
  type ClientPacket,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeText,
  messageWithoutPassword,
  type ServerPacket,
  withoutPassword,
} from '@bercon/core/kit'

/** What the channel `bercon:sent` carries; passwords of logins and of `RConPassword` are removed. */
export interface SentPacket {
  readonly address: string
  readonly port: number
  readonly packet: ClientPacket | MalformedPacket
}

/** What the channel `bercon:received` carries; the password of `Config entry: RConPassword …` is removed. */
export interface ReceivedPacket {
  readonly address: string
  readonly port: number
  readonly packet: ServerPacket | MalformedPacket
}

const sent = channel('bercon:sent')
const received = channel('bercon:received')
const NOTHING = new Uint8Array(0)

/** Publishes a datagram that is sent; costs next to nothing without subscribers. */
export function publishSent(address: string, port: number, datagram: Uint8Array): void {
  if (!sent.hasSubscribers) return
  const packet = decodeClientPacket(datagram)
  sent.publish({ address, port, packet: shown(packet) } satisfies SentPacket)
}

/** Publishes a datagram that was received. */
export function publishReceived(address: string, port: number, datagram: Uint8Array): void {
  if (!received.hasSubscribers) return
  received.publish({ address, port, packet: heard(decodeServerPacket(datagram)) } satisfies ReceivedPacket)
}

function shown(packet: ClientPacket | MalformedPacket): ClientPacket | MalformedPacket {
  if (packet.type === 'login') return { ...packet, bytes: NOTHING }
  return packet.type === 'command' ? { ...packet, bytes: harmless(packet.bytes, withoutPassword) } : packet
}

function heard(packet: ServerPacket | MalformedPacket): ServerPacket | MalformedPacket {
  if (packet.type !== 'message') return packet
  return { ...packet, bytes: harmless(packet.bytes, messageWithoutPassword) }
}

function harmless(bytes: Uint8Array, withoutSecret: (text: string) => string): Uint8Array {
  const text = decodeText(bytes)
  const shownText = withoutSecret(text)
  return shownText === text ? bytes : encodeText(shownText)
}
