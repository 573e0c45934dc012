import type { TextOptions } from '@bercon/protocol'
import { readCapture } from './capture-file.js'
import { type DescribedPacket, describePacket, type Side, sideOf } from './described-packet.js'
import { type CapturedDatagram, datagramIn } from './udp-datagram.js'

/** A packet of a capture, with its time, source and destination. */
export type CapturedPacket = Omit<CapturedDatagram, 'bytes'> & DescribedPacket

/** A datagram of a capture and who sent it. */
export type SidedDatagram = CapturedDatagram & { readonly side: Side }

/**
 * Reads every datagram of a capture that begins like a packet. The packets of both sides show which address is the
 * server's, unless `isServer` identifies it.
 *
 * @throws `RconError` with the code `invalid-argument` for a file that is not a capture.
 */
export function readDatagrams(
  file: Uint8Array,
  isServer?: (address: string) => boolean,
): readonly SidedDatagram[] {
  const datagrams = packetsIn(file)
  const isFromServer = isServer ?? isServerOf(datagrams)
  return datagrams.map((datagram) => ({
    ...datagram,
    side: isFromServer(datagram.from) ? 'server' : 'client',
  }))
}

/**
 * Describes every datagram that {@link readDatagrams} reads.
 *
 * @param options - the encoding of texts that are not UTF-8.
 * @throws `RconError` with the code `invalid-argument` for a file that is not a capture.
 */
export function describeCapture(
  file: Uint8Array,
  isServer?: (address: string) => boolean,
  options: TextOptions = {},
): readonly CapturedPacket[] {
  return readDatagrams(file, isServer).map(({ bytes, side, ...way }) => ({
    ...way,
    ...describePacket(bytes, side, options),
  }))
}

/** One frame after the other: a capture can consist of millions of others. */
function packetsIn(file: Uint8Array): readonly CapturedDatagram[] {
  const datagrams: CapturedDatagram[] = []
  for (const frame of readCapture(file)) {
    const datagram = datagramIn(frame)
    if (datagram?.bytes[0] === 0x42 && datagram.bytes[1] === 0x45) datagrams.push(datagram)
  }
  return datagrams
}

/** Whether an address is that of a server, as far as the packets show it. */
function isServerOf(datagrams: readonly CapturedDatagram[]): (address: string) => boolean {
  const servers = datagrams.map(({ bytes, from, to }) => {
    const side = sideOf(bytes)
    return side === undefined ? undefined : side === 'server' ? from : to
  })
  const known: ReadonlySet<string | undefined> = new Set(servers)
  return (address) => known.has(address)
}
