// @ts-nocheck
export { type ArmaServer, arma } from './arma.js'
export {
  type BanLine,
  type BanLineRemark,
  type BansFile,
  expiryAfter,
  formatBanLine,
  parseBanLine,
  parseBansFile,
} from './bans-file.js'
export { decodeBansFile } from './bans-text.js'
export { beGuid } from './be-guid.js'
export type { ArmaGame, Departure, GameCommand } from './game-command.js'
export {
  chooseMission,
  type Difficulty,
  restartAndReassign,
  restartMission,
  selectMission,
} from './mission-commands.js'
export {
  kickFromGame,
  lockServer,
  monitor,
  reloadConfig,
  restartServer,
  restartServerAfterMission,
  shutdownServer,
  shutdownServerAfterMission,
  unlockServer,
} from './server-commands.js'
