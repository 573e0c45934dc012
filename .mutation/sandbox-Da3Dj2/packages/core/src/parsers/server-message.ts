// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { type AdminLogin, type AdminMessage, parseAdminLine } from './admin-lines.js'
import { type BeMaster, parseBeMasterLine } from './be-master-lines.js'
import { type PlayerMessage, parseChatLine, type UnknownMessage } from './chat-line.js'
import { type ConnectionLine, type PlayerVerifyGuid, parseVerifiedLine } from './connection-lines.js'
import { type FilterLog, parseFilterLog } from './filter-log.js'
import type { PlayerKick } from './kick-line.js'
import type { KnownNames } from './known-names.js'
import { type Line, readLine, type TextInput, textOf } from './line.js'
import { parsePlayerLine } from './player-line.js'
import { parseWarningLine, type ServerRemark } from './warning-lines.js'

/** Everything that a server message can be; `type` is the name of its event. */
export type ServerMessage =
  | ConnectionLine
  | PlayerVerifyGuid
  | PlayerKick
  | PlayerMessage
  | AdminMessage
  | AdminLogin
  | FilterLog
  | BeMaster
  | ServerRemark
  | UnknownMessage

// No two of them accept the same line: each has its own beginning.
const PARSERS: readonly ((line: Line) => ServerMessage | undefined)[] = [
  parseChatLine,
  parsePlayerLine,
  parseVerifiedLine,
  parseAdminLine,
  parseBeMasterLine,
  parseWarningLine,
  parseFilterLog,
]

/**
 * Parses one server message. A line that no parser accepts is an `unknownMessage` with the whole text. Never throws on
 * a text.
 *
 * Names are free text without quotes, so some lines have several readings. The names that you know decide; otherwise
 * the message has `ambiguous: true`.
 *
 * @param known - the names, and the encoding of a message that is passed as bytes.
 * @throws {@link InvalidArgumentError} for an encoding that does not exist.
 *
 * @example
 * ```ts
 * import { parseServerMessage } from '@bercon/core'
 *
 * const message = parseServerMessage('Player #3 Rook (192.0.2.7:2304) connected')
 * if (message.type === 'playerConnect') console.log(message.name, message.ip) // Rook 192.0.2.7
 *
 * const chat = parseServerMessage('(Side) AT: two: at the gate', { names: ['AT: two'] })
 * if (chat.type === 'playerMessage') console.log(chat.name) // AT: two
 * ```
 */
export function parseServerMessage(message: TextInput, known: KnownNames & TextOptions = {}): ServerMessage {
  const line = readLine(textOf(message, known), known)
  for (const parse of PARSERS) {
    const read = parse(line)
    if (read !== undefined) return read
  }
  return { type: 'unknownMessage', raw: line.raw }
}
