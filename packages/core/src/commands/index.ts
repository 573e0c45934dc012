export {
  banTarget,
  checkPlayerId,
  checkText,
  commandText,
  MAX_COMMAND_BYTES,
  utf8Length,
} from './arguments.js'
export {
  keepAlive,
  loadBans,
  loadEvents,
  loadScripts,
  maxPing,
  rconPassword,
  update,
  writeBans,
} from './maintenance.js'
export { addBan, ban, kick, removeBan } from './moderation.js'
export { anyCommand, parseRemark, type Remark } from './plain-reply.js'
export { admins, bans, commands, missions, players, version } from './reading.js'
export { EVERYBODY, say, whisper } from './speaking.js'
export { type ListedBan, type Unbanned, unbanTarget } from './unban.js'
