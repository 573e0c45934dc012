export { anyCommand } from './any-command.js'
export { banTarget, checkSlot, checkText, commandText, MAX_COMMAND_BYTES, utf8Length } from './arguments.js'
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
export { admins, bans, commands, missions, players, version } from './reading.js'
export type { Remark } from './remark.js'
export { EVERYBODY, say, whisper } from './speaking.js'
