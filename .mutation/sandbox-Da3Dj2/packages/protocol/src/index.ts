// @ts-nocheck
export {
  ANY_DURATION,
  checkMethods,
  checkNames,
  checkNumber,
  checkOptions,
  checkSetting,
  type OptionRange,
  SOME_COUNT,
  SOME_DURATION,
} from './check-options.js'
export type { ClientSessionEvent, FailureReason, Outcome } from './client/client-event.js'
export {
  CLIENT_SESSION_DEFAULTS,
  type ClientSessionOptions,
  clientSessionOptions,
} from './client/client-options.js'
export { ClientSession } from './client/client-session.js'
export { CLIENT_MOVES, type ClientMove, type ClientState } from './client/client-state.js'
export type { ClientCounters, ClientStatistics } from './client/client-statistics.js'
export type { CommandOptions } from './client/pending-command.js'
export {
  codeOf,
  InvalidArgumentError,
  passwordTooLong,
  passwordWithNul,
  RconError,
  type RconErrorCode,
  type RconErrorCodes,
  tooManyBytes,
  unknownOption,
  unshownArgument,
} from './errors.js'
export type { ServerSessionEvent } from './server/server-event.js'
export { SERVER_SESSION_DEFAULTS, type ServerSessionOptions } from './server/server-options.js'
export { ServerSession } from './server/server-session.js'
export { SERVER_MOVES, type ServerMove, type ServerState } from './server/server-state.js'
export { checkEncoding, DEFAULT_ENCODING, type TextOptions } from './text/encoding.js'
export { suggestion } from './text/nearest-name.js'
export { cutText, decodeText, encodeText } from './text/text.js'
export { crc32 } from './wire/crc32.js'
export { decodeClientPacket, decodeServerPacket } from './wire/decode.js'
export { encodeClientPacket, encodeServerPacket } from './wire/encode.js'
export {
  type ClientPacket,
  HEADER_BYTES,
  MAX_DATAGRAM_BYTES,
  type MalformedPacket,
  type Problem,
  type ResponsePacket,
  type ResponsePartPacket,
  type ServerPacket,
} from './wire/packet.js'
