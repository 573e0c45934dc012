// @ts-nocheck
export type { Address } from './address.js'
export { isIpAddress } from './address.js'
export type { AdminLogin, AdminMessage } from './admin-lines.js'
export { type Admin, type AdminRow, type AdminsReply, parseAdmins } from './admins-reply.js'
export { type BanRow, type BansReply, parseBans } from './bans-reply.js'
export type { BeMaster, BeMasterEvent } from './be-master-lines.js'
export type { PlayerMessage, UnknownMessage } from './chat-line.js'
export type {
  PlayerConnect,
  PlayerDisconnect,
  PlayerGuid,
  PlayerLosingConnection,
  PlayerVerifyGuid,
} from './connection-lines.js'
export type { FilterLog } from './filter-log.js'
export { isGuid } from './guid.js'
export type { PlayerKick } from './kick-line.js'
export type { KickReason, KickReasonKind } from './kick-reason.js'
export type { KnownNames } from './known-names.js'
export type { TextInput } from './line.js'
export { type MissionRow, type MissionsReply, parseMissions } from './missions-reply.js'
export type { Doubt } from './name-boundary.js'
export { type PlayerRow, type PlayersReply, parsePlayers } from './players-reply.js'
export { parseServerMessage, type ServerMessage } from './server-message.js'
export {
  type CommandsReply,
  parseCommands,
  parseVersion,
  type VersionReply,
} from './text-replies.js'
export type { ServerRemark, ServerRemarkEvent } from './warning-lines.js'
