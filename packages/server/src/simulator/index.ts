export type { GameAdmin } from './admin-list.js'
export type { GameBan, NewBan } from './ban-list.js'
export type { FilterHit, Game } from './game-kinds.js'
export type { GamePlayer, GuidStatus, Newcomer } from './game-player.js'
export { GameWorld } from './game-world.js'
export type { GuidLabel } from './message-lines.js'
export {
  type Simulator,
  type SimulatorOptions,
  SimulatorServer,
  type SimulatorServerOptions,
  startSimulator,
} from './simulator-server.js'
export type { ServerAction, World } from './world.js'
export { GAME_WORLD_DEFAULTS, type GameWorldOptions } from './world-options.js'
