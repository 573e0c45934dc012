import type { ListenAddress, ListenOptions } from '@bercon/server'
import { checkNames, systemClock } from '@bercon/server/kit'
import { GameWorld } from './arma/game-world.js'
import { GAME_WORLD_DEFAULTS, type GameWorldOptions } from './arma/game-world-options.js'
import { REFORGER_WORLD_DEFAULTS, type ReforgerWorldOptions } from './reforger/reforger-options.js'
import { ReforgerWorld } from './reforger/reforger-world.js'
import { SIMULATOR_OPTION_NAMES, SimulatorServer, type SimulatorServerOptions } from './simulator-server.js'
import type { World } from './world/world.js'

type ServerPart = Omit<SimulatorServerOptions<World>, 'world'> & ListenOptions

/** Options of a simulated game server. Only the password is required. */
export interface SimulatorOptions extends ServerPart, Partial<GameWorldOptions> {}

/** Options of a simulated Reforger server. Only the password is required. */
export interface ReforgerSimulatorOptions extends ServerPart, Partial<ReforgerWorldOptions> {}

/** A running simulated game server, with its address and port. */
export type Simulator<W extends World = GameWorld> = SimulatorServer<W> & ListenAddress

/**
 * Starts a simulated game server with bots.
 *
 * @throws `InvalidArgumentError` naming an option that is missing, unknown or out of range; `RconError`
 * `server-failure` if it cannot listen there.
 * @example
 * ```ts
 * import { startSimulator } from '@bercon/simulator'
 *
 * const simulator = await startSimulator({ password: 'hunter2', port: 0, seed: 7 })
 * console.log(simulator.port > 0, simulator.world.players.length) // true 12
 * await simulator.close()
 * ```
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const [ofWorld, ofServer] = splitOptions<GameWorldOptions>(options, [
    ...Object.keys(GAME_WORLD_DEFAULTS),
    'missions',
  ])
  return start(new GameWorld(ofWorld, startOf(options)), ofServer)
}

/**
 * Starts a simulated server of Arma Reforger with its built-in RCON, with bots that join and leave.
 *
 * @throws `InvalidArgumentError` naming an option that is missing, unknown or out of range; `RconError`
 * `server-failure` if it cannot listen there.
 * @example
 * ```ts
 * import { startReforgerSimulator } from '@bercon/simulator'
 *
 * const simulator = await startReforgerSimulator({ password: 'hunter2', initialPlayers: 3 })
 * console.log(simulator.port > 0, simulator.world.players.length) // true 3
 * await simulator.close()
 * ```
 */
export async function startReforgerSimulator(
  options: ReforgerSimulatorOptions,
): Promise<Simulator<ReforgerWorld>> {
  const [ofWorld, ofServer] = splitOptions<ReforgerWorldOptions>(
    options,
    Object.keys(REFORGER_WORLD_DEFAULTS),
  )
  return start(new ReforgerWorld(ofWorld, startOf(options)), ofServer)
}

function startOf({ clock = systemClock }: Pick<ServerPart, 'clock'>): number {
  return clock.now()
}

async function start<W extends World>(world: W, options: ServerPart): Promise<Simulator<W>> {
  const { host = '127.0.0.1', port = 0, ...serverOptions } = options
  const simulator = new SimulatorServer<W>({ ...serverOptions, world })
  return Object.assign(simulator, await simulator.listen({ host, port }))
}

/** Splits the options of the world, by their names, from those of the server; the two share no name. */
function splitOptions<WorldOptions>(
  options: ServerPart & Partial<WorldOptions>,
  names: readonly string[],
): [Partial<WorldOptions>, ServerPart] {
  checkNames(options, [...names, ...SIMULATOR_OPTION_NAMES, 'host', 'port'])
  const isOfWorld = ([name]: [string, unknown]) => names.includes(name)
  const entries = Object.entries(options)
  const ofWorld = Object.fromEntries(entries.filter(isOfWorld)) as Partial<WorldOptions>
  const ofServer = Object.fromEntries(entries.filter((entry) => !isOfWorld(entry)))
  return [ofWorld, { ...ofServer, password: options.password }]
}
