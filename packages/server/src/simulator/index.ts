/// <reference lib="esnext.disposable" preserve="true" />

export type { GameAdmin } from './admin-list.js'
export type { GameBan, NewBan } from './ban-list.js'
export type { FilterHit, Game } from './game-kinds.js'
export type { GamePlayer, GuidStatus, Newcomer } from './game-player.js'
export { GameWorld } from './game-world.js'
export type { GuidLabel } from './message-lines.js'
export { REFORGER_WORLD_DEFAULTS, type ReforgerWorldOptions } from './reforger-options.js'
export type { ReforgerGameBan, ReforgerGamePlayer, ReforgerNewcomer } from './reforger-state.js'
export { ReforgerWorld } from './reforger-world.js'
export { SimulatorServer, type SimulatorServerOptions } from './simulator-server.js'
export {
  type ReforgerSimulatorOptions,
  type Simulator,
  type SimulatorOptions,
  startReforgerSimulator,
  startSimulator,
} from './start-simulator.js'
export type { ServerAction, World } from './world.js'
export { GAME_WORLD_DEFAULTS, type GameWorldOptions } from './world-options.js'
