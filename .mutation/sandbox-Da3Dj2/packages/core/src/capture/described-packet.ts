// @ts-nocheck
import {
  type ClientPacket,
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  HEADER_BYTES,
  type MalformedPacket,
  type Problem,
  type ServerPacket,
  type TextOptions,
  unshownArgument,
} from '@bercon/protocol'
import { messageWithoutPassword, withoutPassword } from '../errors/command-text.js'

/** Who sent a datagram. */
export type Side = 'client' | 'server'

/** A packet as readable fields, by its type. It contains no password of a login, command or message. */
export type DescribedPacket = {
  readonly side: Side
  readonly type: ClientPacket['type'] | ServerPacket['type'] | MalformedPacket['type']
  readonly sequence?: number
  /** Only for a part of a response. */
  readonly total?: number
  readonly index?: number
  /** Only for the answer to a login. */
  readonly accepted?: boolean
  /** Only for a login. */
  readonly passwordBytes?: number
  readonly text?: string
  /** Only for a datagram that is not a packet. */
  readonly problem?: Problem
  readonly length?: number
}

const LOGIN = 0
const COMMAND = 1
const MESSAGE = 2

/** Describes a datagram that was sent by this side. */
export function describePacket(datagram: Uint8Array, side: Side, options: TextOptions = {}): DescribedPacket {
  const packet = side === 'client' ? decodeClientPacket(datagram) : decodeServerPacket(datagram)
  return { side, ...withText(packet, side, options) }
}

/** Describes a datagram: once if it is known who sent it, otherwise once for each side that could have. */
export function describeDatagram(
  datagram: Uint8Array,
  from?: Side,
  options: TextOptions = {},
): readonly DescribedPacket[] {
  const side = from ?? sideOf(datagram)
  const sides: readonly Side[] = side === undefined ? ['client', 'server'] : [side]
  return sides.map((each) => describePacket(datagram, each, options))
}

function withText(
  packet: ClientPacket | ServerPacket | MalformedPacket,
  side: Side,
  options: TextOptions,
): Omit<DescribedPacket, 'side'> {
  if (!('bytes' in packet)) return packet
  const { bytes, ...rest } = packet
  if (packet.type === 'login') return { ...rest, passwordBytes: bytes.length }
  const text = decodeText(bytes, options)
  return { ...rest, text: side === 'client' ? withoutPassword(text) : messageWithoutPassword(text) }
}

/** The side that must have sent a datagram; `undefined` if both could have: most commands look like responses. */
export function sideOf(datagram: Uint8Array): Side | undefined {
  const type = datagram[HEADER_BYTES]
  const asServer = decodeServerPacket(datagram).type
  if (type === LOGIN) return asServer === 'login' ? 'server' : 'client'
  // No command begins with NUL, but every part does.
  if (type === COMMAND) return asServer === 'response-part' ? 'server' : undefined
  if (type !== MESSAGE) return undefined
  return decodeClientPacket(datagram).type === 'acknowledgement' ? 'client' : 'server'
}

/**
 * Parses bytes from hexadecimal digits, optionally with `0x`, spaces, colons or commas between.
 *
 * @throws {@link InvalidArgumentError} for any other text.
 */
export function bytesOfHex(text: string): Uint8Array {
  const digits = text.replace(/0x|[\s:,]/gi, '')
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits))
    throw unshownArgument(
      'text',
      text,
      'pairs of hexadecimal digits',
      'The bytes must be pairs of hexadecimal digits, such as "42 45"',
    )
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  )
}
