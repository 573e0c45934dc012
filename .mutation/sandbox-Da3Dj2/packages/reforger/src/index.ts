// @ts-nocheck
export { type ActionOutput, type ActionProblem, parseActionOutput } from './action-output.js'
export { type BanEntry, type BanListOutput, parseBanListOutput } from './ban-list-output.js'
export * as reforgerCommands from './commands.js'
export { createDialect, dialect, type ReforgerDialectOptions } from './dialect/reforger-dialect.js'
export { REFORGER_DEFAULTS, type ReforgerOptions, type ReforgerRcon } from './dialect/reforger-options.js'
export { joinChunks } from './joined-chunks.js'
export type { ReforgerBan, ReforgerPlayer } from './operations.js'
export { type PlayerEntry, type PlayersOutput, parsePlayersOutput } from './players-output.js'
export {
  type ReforgerSendOptions,
  type ReforgerServer,
  type ReforgerServerOptions,
  reforger,
} from './reforger.js'
export {
  parseReforgerMessage,
  type ReforgerLogin,
  type ReforgerMessage,
  type ReforgerProcessing,
} from './reforger-message.js'
export { isUuid } from './uuid.js'
