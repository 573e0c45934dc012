import type { Frame } from './capture-file.js'

/** A UDP datagram with its source and destination as `address:port`. */
export interface CapturedDatagram {
  readonly at: number
  readonly from: string
  readonly to: string
  readonly bytes: Uint8Array
}

const UDP = 17
const UDP_HEADER_BYTES = 8
const IPV4_HEADER_BYTES = 20
const IPV6_HEADER_BYTES = 40
const VLAN_TAGS: readonly number[] = [0x8100, 0x88a8]

const ETHERNET = 1
const ETHERNET_HEADER_BYTES = 14

/**
 * Bytes before the IP packet, by any other kind of link: loopback of BSD and OpenBSD, raw IP under its five numbers,
 * Linux's "any" in both forms.
 */
const LINK_HEADER_BYTES: Readonly<Record<number, number>> = {
  0: 4,
  12: 0,
  14: 0,
  101: 0,
  108: 4,
  113: 16,
  228: 0,
  229: 0,
  276: 20,
}

/** The UDP datagram in a frame; `undefined` for other frames, fragments, and frames not captured completely. */
export function datagramIn({ at, linkType, bytes }: Frame): CapturedDatagram | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = startOfIp(view, linkType)
  if (start >= view.byteLength) return undefined
  const version = view.getUint8(start) >> 4
  const ip = version === 6 ? readIpv6(view, start) : version === 4 ? readIpv4(view, start) : undefined
  if (ip === undefined || ip.payload + UDP_HEADER_BYTES > view.byteLength) return undefined
  const length = view.getUint16(ip.payload + 4)
  if (length < UDP_HEADER_BYTES || ip.payload + length > view.byteLength) return undefined
  return {
    at,
    from: `${ip.from}:${view.getUint16(ip.payload)}`,
    to: `${ip.to}:${view.getUint16(ip.payload + 2)}`,
    bytes: bytes.subarray(ip.payload + UDP_HEADER_BYTES, ip.payload + length),
  }
}

/** The address, without brackets, and the port of an end of a datagram. */
export function endOf(end: string): { readonly address: string; readonly port: string } {
  const colon = end.lastIndexOf(':')
  return { address: end.slice(0, colon).replace(/[[\]]/g, ''), port: end.slice(colon + 1) }
}

/** Where the IP packet starts: beyond every frame for a link that is not known. */
function startOfIp(view: DataView, linkType: number): number {
  if (linkType !== ETHERNET) return LINK_HEADER_BYTES[linkType] ?? Number.POSITIVE_INFINITY
  let start = ETHERNET_HEADER_BYTES
  while (start <= view.byteLength && VLAN_TAGS.includes(view.getUint16(start - 2))) start += 4
  return start
}

interface IpPacket {
  readonly from: string
  readonly to: string
  readonly payload: number
}

function readIpv4(view: DataView, start: number): IpPacket | undefined {
  if (start + IPV4_HEADER_BYTES + UDP_HEADER_BYTES > view.byteLength || view.getUint8(start + 9) !== UDP)
    return undefined
  const isFragment = (view.getUint16(start + 6) & 0x3fff) !== 0
  if (isFragment) return undefined
  const address = (at: number) => [0, 1, 2, 3].map((index) => view.getUint8(at + index)).join('.')
  const headerBytes = (view.getUint8(start) & 0x0f) * 4
  return { from: address(start + 12), to: address(start + 16), payload: start + headerBytes }
}

function readIpv6(view: DataView, start: number): IpPacket | undefined {
  if (start + IPV6_HEADER_BYTES + UDP_HEADER_BYTES > view.byteLength || view.getUint8(start + 6) !== UDP)
    return undefined
  const group = (at: number) => view.getUint16(at).toString(16)
  const address = (at: number) =>
    `[${[0, 2, 4, 6, 8, 10, 12, 14].map((index) => group(at + index)).join(':')}]`
  return { from: address(start + 8), to: address(start + 24), payload: start + IPV6_HEADER_BYTES }
}
