import { decodeClientPacket, decodeServerPacket, decodeText } from '@bercon/protocol'
import type { Clock } from '@bercon/protocol/driver'

/** Who sent a datagram. */
export type DatagramSender = 'client' | 'server'

/** A datagram that went over the wire during a case. */
export interface LoggedDatagram {
  /** Milliseconds since the case began. */
  readonly atMs: number
  readonly from: DatagramSender
  /** In hexadecimal digits; the password of a login is replaced by `2a`. */
  readonly hex: string
  /** The packet in words. */
  readonly text: string
}

// A case of 600 commands would print more than anybody reads.
const MOST_KEPT = 400
// The most that a right peer sends in a case is some two thousand.
const MOST_TAKEN = 20_000

/** The datagrams of one case, the first few hundred of them. No password is in it. */
export class PacketLog {
  readonly #clock: Clock
  readonly #since: number
  readonly #entries: LoggedDatagram[] = []
  readonly #counts = { client: 0, server: 0 }
  #left = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.now()
  }

  /** The first few hundred datagrams in order. */
  get entries(): readonly LoggedDatagram[] {
    return this.#entries
  }

  /** How many more there were. */
  get left(): number {
    return this.#left
  }

  /** The sentence about a peer that sends without end; `undefined` if it does not. */
  flood(by: DatagramSender): string | undefined {
    return this.#counts[by] > MOST_TAKEN ? `sent more than ${MOST_TAKEN} datagrams` : undefined
  }

  /** Adds a datagram, and says whether it may be looked at: of a flood only the beginning is. */
  add(from: DatagramSender, datagram: Uint8Array): boolean {
    if (++this.#counts[from] > MOST_TAKEN) return false
    this.#keep(from, datagram)
    return true
  }

  #keep(from: DatagramSender, datagram: Uint8Array): void {
    if (this.#entries.length >= MOST_KEPT) {
      this.#left++
      return
    }
    const atMs = Math.round(this.#clock.now() - this.#since)
    const shown = from === 'client' ? withoutPassword(datagram) : datagram
    this.#entries.push({ atMs, from, hex: hexOf(shown), text: inWords(from, datagram) })
  }
}

const TYPE_AT = 7

function withoutPassword(datagram: Uint8Array): Uint8Array {
  // Also one that is framed badly: only its type has to say that a password may follow.
  if (datagram[TYPE_AT] !== 0) return datagram
  return Uint8Array.from(datagram).fill(0x2a, TYPE_AT + 1)
}

function inWords(from: DatagramSender, datagram: Uint8Array): string {
  const packet = from === 'client' ? decodeClientPacket(datagram) : decodeServerPacket(datagram)
  switch (packet.type) {
    case 'malformed':
      return `no packet: ${packet.problem}, ${packet.length} bytes`
    case 'login':
      return 'accepted' in packet ? `login ${packet.accepted ? 'accepted' : 'refused'}` : 'login'
    case 'acknowledgement':
      return `acknowledgment ${packet.sequence}`
    case 'response-part':
      return `response ${packet.sequence} part ${packet.index} of ${packet.total}, ${packet.bytes.length} bytes`
    default:
      return `${packet.type} ${packet.sequence} ${JSON.stringify(excerpt(packet.bytes))}`
  }
}

const EXCERPT_BYTES = 60

function excerpt(bytes: Uint8Array): string {
  const text = decodeText(bytes.subarray(0, EXCERPT_BYTES))
  return bytes.length > EXCERPT_BYTES ? `${text}…` : text
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
