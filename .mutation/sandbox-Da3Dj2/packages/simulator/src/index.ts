// @ts-nocheck
/// <reference lib="esnext.disposable" preserve="true" />

export type { GameBan, NewBan } from './arma/ban-list.js'
export type { FilterHit, Game } from './arma/game-kinds.js'
export type { GamePlayer, GuidStatus, Newcomer } from './arma/game-player.js'
export { GameWorld } from './arma/game-world.js'
export { GAME_WORLD_DEFAULTS, type GameWorldOptions } from './arma/game-world-options.js'
export type { GuidLabel } from './arma/message-lines.js'
export { REFORGER_WORLD_DEFAULTS, type ReforgerWorldOptions } from './reforger/reforger-options.js'
export type { ReforgerGameBan, ReforgerGamePlayer, ReforgerNewcomer } from './reforger/reforger-state.js'
export { ReforgerWorld } from './reforger/reforger-world.js'
export { SimulatorServer, type SimulatorServerOptions } from './simulator-server.js'
export {
  type ReforgerSimulatorOptions,
  type Simulator,
  type SimulatorOptions,
  startReforgerSimulator,
  startSimulator,
} from './start-simulator.js'
export type { GameAdmin, ServerAction, World } from './world/world.js'
