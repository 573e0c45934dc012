import { crc32, encodeClientPacket, encodeServerPacket, encodeText } from '@bercon/protocol'
import type { Random } from '@bercon/protocol/link'

const CHECKED_FROM = 6

/** A random or mutated datagram; with `checksummed` its checksum is valid, so that it passes the frame. */
export function hostileDatagram(random: Random, checksummed: boolean): Uint8Array {
  const datagram =
    random() < 0.2 ? randomBytes(random, pick(random, 40)) : mutated(random, validDatagram(random))
  if (!checksummed || datagram.length <= CHECKED_FROM) return datagram
  datagram[0] = 0x42
  datagram[1] = 0x45
  datagram[CHECKED_FROM] = 0xff
  const sum = crc32(datagram.subarray(CHECKED_FROM))
  for (let i = 0; i < 4; i++) datagram[2 + i] = sum >>> (8 * i)
  return datagram
}

function pick(random: Random, below: number): number {
  return Math.floor(random() * below)
}

function randomBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => pick(random, 256))
}

function validDatagram(random: Random): Uint8Array {
  const sequence = pick(random, 256)
  const bytes =
    random() < 0.01 ? randomBytes(random, pick(random, 3_000)) : randomBytes(random, pick(random, 24))
  const total = 1 + pick(random, 255)
  switch (pick(random, 8)) {
    case 0:
      return encodeClientPacket({ type: 'login', bytes: encodeText(random() < 0.5 ? 'hunter2' : 'hunter3') })
    case 1:
      return encodeClientPacket({ type: 'command', sequence, bytes })
    case 2:
      return encodeClientPacket({ type: 'acknowledgement', sequence })
    case 3:
      return encodeServerPacket({ type: 'login', accepted: random() < 0.9 })
    case 4:
      return encodeServerPacket({ type: 'response', sequence, bytes })
    case 5:
    case 6:
      return encodeServerPacket({ type: 'response-part', sequence, total, index: pick(random, total), bytes })
    default:
      return encodeServerPacket({ type: 'message', sequence, bytes })
  }
}

function mutated(random: Random, datagram: Uint8Array): Uint8Array {
  switch (pick(random, 5)) {
    case 0:
      return datagram
    case 1:
      datagram[pick(random, datagram.length)] = pick(random, 256)
      return datagram
    case 2:
      return datagram.slice(0, pick(random, datagram.length + 1))
    case 3:
      return Uint8Array.of(...datagram, ...randomBytes(random, pick(random, 6)))
    default:
      // The first bytes of the payload matter most.
      for (let i = 7; i < Math.min(datagram.length, 12); i++)
        if (random() < 0.3) datagram[i] = random() < 0.5 ? pick(random, 4) : pick(random, 256)
      return datagram
  }
}
