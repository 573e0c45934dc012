import {
  decodeClientPacket,
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
} from '@bercon/protocol'
import CRC32 from 'crc-32'
import type { Figure } from './rounds.js'
import { interleaved } from './rounds.js'

const FLOOR = 'crc-32 over a view'

/** Encoding and decoding, compared to the checksum of the same datagram, which every client needs (P1). */
export async function codecBench(): Promise<readonly Figure[]> {
  const text = 'say -1 the server restarts in 5 minutes!'
  const bytes = encodeText(text)
  const datagram = encodeClientPacket({ type: 'command', sequence: 7, bytes })
  const response = encodeServerPacket({ type: 'response', sequence: 7, bytes })
  const times = await interleaved({
    [FLOOR]: () => CRC32.buf(datagram.subarray(6)),
    'encode command': () => encodeClientPacket({ type: 'command', sequence: 7, bytes }),
    'decode command': () => decodeClientPacket(datagram),
    'encode response': () => encodeServerPacket({ type: 'response', sequence: 7, bytes }),
    'decode response': () => decodeServerPacket(response),
    'encode command from text': () =>
      encodeClientPacket({ type: 'command', sequence: 7, bytes: encodeText(text) }),
    'decode command to text': () => {
      const packet = decodeClientPacket(datagram)
      return packet.type === 'command' ? decodeText(packet.bytes) : undefined
    },
  })
  const floor = times[FLOOR] ?? Number.NaN
  return Object.entries(times).map(([what, ns]) => ({
    what: `${what}, ${bytes.length} bytes`,
    figure: ns / floor,
    unit: `of ${FLOOR}`,
    ...(what === FLOOR || what.includes('text') ? {} : { goal: 'at most 4' }),
  }))
}
