import {
  InvalidArgumentError,
  passwordTooLong,
  passwordWithNul,
  tooManyBytes,
  unshownArgument,
} from '../errors.js'
import { frame, frameSequenced } from './frame.js'
import {
  type ClientPacket,
  HEADER_BYTES,
  MAX_DATAGRAM_BYTES,
  type ResponsePartPacket,
  type ServerPacket,
  TYPE,
} from './packet.js'

/**
 * Encodes a client's packet as a datagram (P1, P3-P5, P8).
 *
 * @throws {@link InvalidArgumentError} naming the field of an invalid packet: a sequence that is not a byte, a password
 * with NUL, more than 65,507 bytes.
 * @example
 * ```ts
 * import { encodeClientPacket } from '@bercon/protocol'
 *
 * const bytes = new TextEncoder().encode('players')
 * console.log(encodeClientPacket({ type: 'command', sequence: 255, bytes }).length) // 16
 * ```
 */
export function encodeClientPacket(packet: ClientPacket): Uint8Array {
  checkShape(packet)
  switch (packet.type) {
    case 'login':
      checkBytes(packet.bytes)
      // Servers written in C read the password up to a NUL, so one that contains NUL would mean a different password.
      if (packet.bytes.includes(0)) throw passwordWithNul()
      // Not `body`, whose error would contain the bytes.
      if (packet.bytes.length > MAX_PASSWORD_BYTES) throw passwordTooLong(MAX_PASSWORD_BYTES)
      return frame([TYPE.login], packet.bytes)
    case 'command':
      return body([TYPE.command, sequence(packet)], packet.bytes)
    case 'acknowledgement':
      return frame([TYPE.message, sequence(packet)], NOTHING)
    default:
      throw unknownType(packet, "'login', 'command' or 'acknowledgement'")
  }
}

/**
 * Encodes a server's packet as a datagram (P1, P3, P4, P6, P8). A response that begins with NUL becomes part 0 of 1,
 * because it would look like a part (W16).
 *
 * @throws {@link InvalidArgumentError} naming the field of an invalid packet: a sequence, total or index that is not a
 * byte, an index that is not below the total, more than 65,507 bytes.
 * @example
 * ```ts
 * import { encodeServerPacket } from '@bercon/protocol'
 *
 * console.log(encodeServerPacket({ type: 'login', accepted: true }).length) // 9
 * ```
 */
export function encodeServerPacket(packet: ServerPacket): Uint8Array {
  checkShape(packet)
  switch (packet.type) {
    case 'login':
      if (typeof packet.accepted !== 'boolean')
        throw unshownArgument('accepted', packet.accepted, 'true or false')
      return frame([TYPE.login, packet.accepted ? 1 : 0], NOTHING)
    case 'response':
      checkBytes(packet.bytes)
      if (packet.bytes[0] === 0) return body([TYPE.command, sequence(packet), 0, 1, 0], packet.bytes)
      return body([TYPE.command, sequence(packet)], packet.bytes)
    case 'response-part':
      return body([TYPE.command, sequence(packet), 0, total(packet), index(packet)], packet.bytes)
    case 'message':
      return body([TYPE.message, sequence(packet)], packet.bytes)
    default:
      throw unknownType(packet, "'login', 'response', 'response-part' or 'message'")
  }
}

/** The datagram of a command whose sequence and body are known to be good. */
export function encodeCommand(sequence: number, body: Uint8Array | string): Uint8Array {
  return frameSequenced(TYPE.command, sequence, body)
}

/** The datagram of an acknowledgement whose sequence is known to be a byte. */
export function encodeAcknowledgement(sequence: number): Uint8Array {
  return frameSequenced(TYPE.message, sequence, NOTHING)
}

const NOTHING = new Uint8Array(0)
const MAX_PASSWORD_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 1

function sequence(packet: { readonly sequence: number }): number {
  return byte('sequence', packet.sequence, 0, 255)
}

function total(packet: ResponsePartPacket): number {
  return byte('total', packet.total, 1, 255)
}

function index(packet: ResponsePartPacket): number {
  return byte('index', packet.index, 0, packet.total - 1)
}

function byte(name: string, value: number, min: number, max: number): number {
  if (value >= min && value <= max && Number.isInteger(value)) return value
  throw new InvalidArgumentError(name, value, `a whole number from ${min} to ${max}`)
}

function checkShape(packet: unknown): void {
  if (typeof packet !== 'object' || packet === null)
    throw unshownArgument('packet', packet, 'an object with a type')
}

function unknownType(packet: never, expected: string): InvalidArgumentError {
  const { type } = packet as { readonly type?: unknown }
  return unshownArgument('type', type, expected, `type must be ${expected}`)
}

/** @throws {@link InvalidArgumentError} without the value, which may be a password in place of its bytes. */
export function checkBytes(bytes: unknown): void {
  // A Uint8Array of another realm, such as a frame or a `node:vm` context, is not an instance of this one.
  if (bytes instanceof Uint8Array || Object.prototype.toString.call(bytes) === '[object Uint8Array]') return
  throw unshownArgument('bytes', bytes, 'a Uint8Array')
}

function body(head: readonly number[], bytes: Uint8Array): Uint8Array {
  checkBytes(bytes)
  const room = MAX_DATAGRAM_BYTES - HEADER_BYTES - head.length
  if (bytes.length > room) throw tooManyBytes(bytes, room)
  return frame(head, bytes)
}
