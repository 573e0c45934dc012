import { bytesFrom } from './bytes.js'
import { frameProblem } from './frame.js'
import {
  type ClientPacket,
  HEADER_BYTES,
  type MalformedPacket,
  type Problem,
  type ServerPacket,
  TYPE,
} from './packet.js'

const FIRST = HEADER_BYTES + 1
const SECOND = HEADER_BYTES + 2

/**
 * Decodes a datagram from a client: its packet, or what is wrong with it. Never throws. The packet's bytes are a copy.
 *
 * @example
 * ```ts
 * import { decodeClientPacket } from '@bercon/protocol'
 *
 * console.log(decodeClientPacket(Uint8Array.of(1, 2, 3))) // { type: 'malformed', problem: 'too-short', length: 3 }
 * ```
 */
export function decodeClientPacket(datagram: Uint8Array): ClientPacket | MalformedPacket {
  const problem = frameProblem(datagram)
  if (problem !== undefined) return malformed(datagram, problem)
  const type = datagram[HEADER_BYTES]
  if (type === TYPE.login) return { type: 'login', bytes: bytesFrom(datagram, FIRST) }
  if (type !== TYPE.command && type !== TYPE.message) return malformed(datagram, 'unknown-type')
  const sequence = datagram[FIRST]
  if (sequence === undefined) return malformed(datagram, 'truncated-packet')
  if (type === TYPE.command) return { type: 'command', sequence, bytes: bytesFrom(datagram, SECOND) }
  if (datagram.length > SECOND) return malformed(datagram, 'trailing-bytes')
  return { type: 'acknowledgement', sequence }
}

/**
 * Decodes a datagram from a server: its packet, or what is wrong with it. Never throws. The packet's bytes are a copy.
 *
 * @example
 * ```ts
 * import { decodeServerPacket } from '@bercon/protocol'
 *
 * const datagram = Uint8Array.of(0x42, 0x45, 0x69, 0xdd, 0xde, 0x36, 0xff, 0x00, 0x01)
 * console.log(decodeServerPacket(datagram)) // { type: 'login', accepted: true }
 * ```
 */
export function decodeServerPacket(datagram: Uint8Array): ServerPacket | MalformedPacket {
  const problem = frameProblem(datagram)
  if (problem !== undefined) return malformed(datagram, problem)
  const type = datagram[HEADER_BYTES] as number
  if (type > TYPE.message) return malformed(datagram, 'unknown-type')
  const first = datagram[FIRST]
  if (first === undefined) return malformed(datagram, 'truncated-packet')
  if (type === TYPE.login) return loginAnswer(datagram, first)
  if (type === TYPE.message) return { type: 'message', sequence: first, bytes: bytesFrom(datagram, SECOND) }
  if (datagram[SECOND] === 0) return responsePart(datagram, first)
  return { type: 'response', sequence: first, bytes: bytesFrom(datagram, SECOND) }
}

function loginAnswer(datagram: Uint8Array, answer: number): ServerPacket | MalformedPacket {
  if (datagram.length > SECOND) return malformed(datagram, 'trailing-bytes')
  if (answer > 1) return malformed(datagram, 'bad-login-answer')
  return { type: 'login', accepted: answer === 1 }
}

function responsePart(datagram: Uint8Array, sequence: number): ServerPacket | MalformedPacket {
  const total = datagram[SECOND + 1]
  const index = datagram[SECOND + 2]
  if (total === undefined || index === undefined) return malformed(datagram, 'truncated-packet')
  if (index >= total) return malformed(datagram, 'bad-part')
  return { type: 'response-part', sequence, total, index, bytes: bytesFrom(datagram, SECOND + 3) }
}

function malformed(datagram: Uint8Array, problem: Problem): MalformedPacket {
  return { type: 'malformed', problem, length: datagram.length }
}
