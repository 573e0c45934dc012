// @ts-nocheck
import {
  type ClientPacket,
  decodeClientPacket,
  decodeServerPacket,
  encodeClientPacket,
  encodeServerPacket,
  type ServerPacket,
} from '@bercon/protocol'
import { framed } from '../src/framed.js'

/** Turns a function of a client's packet into one of its datagram; what it does not name stays as it is. */
export function onClientPacket<Peer>(
  change: (packet: ClientPacket, peer: Peer) => readonly ClientPacket[] | undefined,
): (datagram: Uint8Array, peer: Peer) => readonly Uint8Array[] {
  return (datagram, peer) => {
    const packet = decodeClientPacket(datagram)
    const changed = packet.type === 'malformed' ? undefined : change(packet, peer)
    return changed?.map(encodeClientPacket) ?? [datagram]
  }
}

/** The same for a server's packet. */
export function onServerPacket<Peer>(
  change: (packet: ServerPacket, peer: Peer) => readonly ServerPacket[] | undefined,
): (datagram: Uint8Array, peer: Peer) => readonly Uint8Array[] {
  return (datagram, peer) => {
    const packet = decodeServerPacket(datagram)
    const changed = packet.type === 'malformed' ? undefined : change(packet, peer)
    return changed?.map(encodeServerPacket) ?? [datagram]
  }
}

/** What a peer reads that does not look at the header: the same payload in a right one. */
export function unchecked(datagram: Uint8Array): readonly Uint8Array[] {
  return datagram.length > 7 ? [framed(datagram.subarray(7))] : [datagram]
}

/** Counts up one of the numbers that a twist remembers, and gives what it was before. */
export function countUp({ memory }: { readonly memory: Map<string, number> }, name: string): number {
  const before = memory.get(name) ?? 0
  memory.set(name, before + 1)
  return before
}
