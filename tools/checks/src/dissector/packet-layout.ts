import { encodeClientPacket, encodeServerPacket, HEADER_BYTES } from '@bercon/protocol'

const TEXT = 0x54
const SEQUENCE = 0x51
const TOTAL = 0x71
const INDEX = 0x61

/** Where the codec puts what, found out by encoding packets of which every field is known. */
export interface PacketLayout {
  /** The first bytes of every datagram. */
  readonly magic: readonly number[]
  /** Where the checksum begins and where what it covers does. */
  readonly checksumAt: number
  readonly checkedFrom: number
  readonly marker: number
  readonly typeAt: number
  readonly types: { readonly login: number; readonly command: number; readonly message: number }
  readonly sequenceAt: number
  readonly textAt: number
  /** What begins a part in place of a text, and where its numbers and its text are. */
  readonly partMark: number
  readonly totalAt: number
  readonly indexAt: number
  readonly partTextAt: number
  readonly accepted: number
}

/** The layout that the codec has now. */
export function packetLayout(): PacketLayout {
  const text = Uint8Array.of(TEXT)
  const login = encodeClientPacket({ type: 'login', bytes: text })
  const command = encodeClientPacket({ type: 'command', sequence: SEQUENCE, bytes: text })
  const message = encodeServerPacket({ type: 'message', sequence: SEQUENCE, bytes: text })
  const part = encodeServerPacket({
    type: 'response-part',
    sequence: SEQUENCE,
    total: TOTAL,
    index: INDEX,
    bytes: text,
  })
  const answer = encodeServerPacket({ type: 'login', accepted: true })
  const textAt = command.indexOf(TEXT, HEADER_BYTES)
  return {
    magic: [...login.slice(0, 2)],
    checksumAt: 2,
    checkedFrom: HEADER_BYTES - 1,
    marker: login[HEADER_BYTES - 1] as number,
    typeAt: HEADER_BYTES,
    types: {
      login: login[HEADER_BYTES] as number,
      command: command[HEADER_BYTES] as number,
      message: message[HEADER_BYTES] as number,
    },
    sequenceAt: command.indexOf(SEQUENCE, HEADER_BYTES),
    textAt,
    partMark: part[textAt] as number,
    totalAt: part.indexOf(TOTAL, textAt),
    indexAt: part.indexOf(INDEX, textAt),
    partTextAt: part.indexOf(TEXT, textAt),
    accepted: answer[answer.length - 1] as number,
  }
}
