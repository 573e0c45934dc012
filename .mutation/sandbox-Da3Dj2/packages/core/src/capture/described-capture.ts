// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { readCapture } from './capture-file.js'
import { type DescribedPacket, describePacket, sideOf } from './described-packet.js'
import { type CapturedDatagram, datagramIn } from './udp-datagram.js'

/** A packet of a capture, with its time, source and destination. */
export type CapturedPacket = Omit<CapturedDatagram, 'bytes'> & DescribedPacket

/**
 * Describes every datagram of a capture that begins like a packet. The packets of both sides show which address is the
 * server's, unless `isServer` identifies it.
 *
 * @param options - the encoding of texts that are not UTF-8.
 * @throws `RconError` with the code `invalid-argument` for a file that is not a capture.
 */
export function describeCapture(
  file: Uint8Array,
  isServer?: (address: string) => boolean,
  options: TextOptions = {},
): readonly CapturedPacket[] {
  const datagrams = [...readCapture(file)]
    .map(datagramIn)
    .filter((datagram) => datagram !== undefined)
    .filter(({ bytes }) => bytes[0] === 0x42 && bytes[1] === 0x45)
  const servers = isServer === undefined ? serversIn(datagrams) : new Set<string>()
  const isFromServer = isServer ?? ((address: string) => servers.has(address))
  return datagrams.map(({ bytes, ...way }) => ({
    ...way,
    ...describePacket(bytes, isFromServer(way.from) ? 'server' : 'client', options),
  }))
}

function serversIn(datagrams: readonly CapturedDatagram[]): ReadonlySet<string> {
  const told = datagrams.map(({ bytes, from, to }) => {
    const side = sideOf(bytes)
    return side === undefined ? undefined : side === 'server' ? from : to
  })
  return new Set(told.filter((address) => address !== undefined))
}
