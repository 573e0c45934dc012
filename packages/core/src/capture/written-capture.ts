import {
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  HEADER_BYTES,
} from '@bercon/protocol'
import { messageWithoutPassword, withoutPassword } from '../errors/command-text.js'
import type { Side } from './described-packet.js'
import { type CapturedDatagram, endOf } from './udp-datagram.js'

const LOGIN = 0
const STAR = 0x2a
const RAW_IP = 101
const UDP = 17
const UDP_HEADER_BYTES = 8
const IPV4_HEADER_BYTES = 20
const IPV6_HEADER_BYTES = 40
// More than an IP packet can carry is in no capture.
const SNAP_BYTES = 0xffff + IPV6_HEADER_BYTES

/**
 * The beginning of a capture in the form of pcapng. What follows are the blocks of {@link captureBlock}, in order.
 */
export function captureHead(): Uint8Array {
  const section = new DataView(new ArrayBuffer(16))
  section.setUint32(0, 0x1a2b3c4d, true)
  section.setUint16(4, 1, true)
  // The length is not known.
  section.setBigInt64(8, -1n)
  const network = new DataView(new ArrayBuffer(8))
  network.setUint16(0, RAW_IP, true)
  network.setUint32(4, SNAP_BYTES, true)
  return joined([block(0x0a0d0d0a, section), block(1, network)])
}

/**
 * One datagram of a capture in the form of pcapng, with an IP and a UDP header around it. Passwords of logins, commands
 * and messages are replaced first, because a capture is made to be passed on.
 */
export function captureBlock(datagram: CapturedDatagram, side: Side): Uint8Array {
  const bytes = withHiddenPassword(datagram.bytes, side)
  const packet = ipPacket({ ...datagram, bytes })
  const body = new DataView(new ArrayBuffer(20 + packet.length))
  const microseconds = Math.round(datagram.at * 1e3)
  body.setUint32(4, Math.floor(microseconds / 2 ** 32), true)
  body.setUint32(8, microseconds >>> 0, true)
  body.setUint32(12, packet.length, true)
  body.setUint32(16, packet.length, true)
  new Uint8Array(body.buffer).set(packet, 20)
  return block(6, body)
}

/** The datagram, with stars in place of a password; one without stays to the byte, broken or not. */
function withHiddenPassword(datagram: Uint8Array, side: Side): Uint8Array {
  if (side === 'client' && datagram[HEADER_BYTES] === LOGIN) return loginWithStars(datagram)
  const packet = side === 'client' ? decodeClientPacket(datagram) : decodeServerPacket(datagram)
  if (packet.type !== 'command' && packet.type !== 'message') return datagram
  const text = decodeText(packet.bytes)
  const shown = packet.type === 'command' ? withoutPassword(text) : messageWithoutPassword(text)
  if (shown === text) return datagram
  const bytes = encodeText(shown)
  return packet.type === 'command'
    ? encodeClientPacket({ ...packet, bytes })
    : encodeServerPacket({ ...packet, bytes })
}

/** Also of one that is damaged, which stays damaged. */
function loginWithStars(datagram: Uint8Array): Uint8Array {
  const stars = new Uint8Array(datagram.length - HEADER_BYTES - 1).fill(STAR)
  if (decodeClientPacket(datagram).type === 'login')
    return encodeClientPacket({ type: 'login', bytes: stars })
  const changed = Uint8Array.from(datagram)
  changed.set(stars, HEADER_BYTES + 1)
  return changed
}

function ipPacket({ from, to, bytes }: CapturedDatagram): Uint8Array {
  const isIpv6 = from.startsWith('[')
  const headerBytes = isIpv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES
  const length = UDP_HEADER_BYTES + bytes.length
  const view = new DataView(new ArrayBuffer(headerBytes + length))
  if (isIpv6) {
    view.setUint8(0, 0x60)
    view.setUint16(4, length)
    view.setUint8(6, UDP)
    view.setUint8(7, 64)
  } else {
    view.setUint8(0, 0x45)
    view.setUint16(2, headerBytes + length)
    view.setUint8(8, 64)
    view.setUint8(9, UDP)
  }
  const [source, target] = [endOf(from), endOf(to)]
  const packet = new Uint8Array(view.buffer)
  packet.set(addressBytes(source.address), isIpv6 ? 8 : 12)
  packet.set(addressBytes(target.address), isIpv6 ? 24 : 16)
  if (!isIpv6) view.setUint16(10, checksum(packet.subarray(0, headerBytes)))
  view.setUint16(headerBytes, Number(source.port))
  view.setUint16(headerBytes + 2, Number(target.port))
  view.setUint16(headerBytes + 4, length)
  packet.set(bytes, headerBytes + UDP_HEADER_BYTES)
  if (isIpv6) view.setUint16(headerBytes + 6, udpChecksum(packet, length))
  return packet
}

function addressBytes(address: string): readonly number[] {
  return address.includes(':')
    ? address.split(':').flatMap((group) => {
        const word = Number.parseInt(group, 16)
        return [word >> 8, word & 0xff]
      })
    : address.split('.').map(Number)
}

/** That of IPv6 must not be left out (RFC 8200, section 8.1). */
function udpChecksum(packet: Uint8Array, length: number): number {
  const pseudo = joined([
    packet.subarray(8, 40),
    Uint8Array.of(0, 0, length >> 8, length & 0xff, 0, 0, 0, UDP),
  ])
  return checksum(joined([pseudo, packet.subarray(IPV6_HEADER_BYTES)])) || 0xffff
}

function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

function block(type: number, body: DataView): Uint8Array {
  const padded = Math.ceil(body.byteLength / 4) * 4
  const bytes = new Uint8Array(padded + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, bytes.length, true)
  bytes.set(new Uint8Array(body.buffer), 8)
  view.setUint32(padded + 8, bytes.length, true)
  return bytes
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
