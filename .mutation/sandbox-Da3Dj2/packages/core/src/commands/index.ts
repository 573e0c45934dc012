// @ts-nocheck
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
export { anyCommand } from './plain-reply.js'
export { admins, bans, commands, missions, players, version } from './reading.js'
export { EVERYBODY, say, whisper } from './speaking.js'
