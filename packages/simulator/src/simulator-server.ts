import {
  type ListenAddress,
  type ListenOptions,
  type Peer,
  RconServer,
  type RconServerEvent,
  type RconServerOptions,
} from '@bercon/server'
import {
  Alarm,
  type Clock,
  checkMethods,
  checkNames,
  SERVER_OPTION_NAMES,
  SYSTEM_CLOCK,
} from '@bercon/server/kit'
import type { ServerAction, World } from './world/world.js'

/** What a {@link SimulatorServer} is made with. */
export interface SimulatorServerOptions<W extends World>
  extends Omit<RconServerOptions, 'onCommand' | 'announceLogins' | 'authenticate'> {
  /** What admins log in with; the game can change it. */
  readonly password: string
  readonly world: W
  /** Is told what admins tell the game (`#shutdown` …). By default nothing comes of it. */
  readonly onGameCommand?: (text: string, admin: number | undefined) => void
}

// What the world decides is refused, because it would have no effect.
const TAKEN = ['onCommand', 'announceLogins']

/** The names of the options of a simulated server, apart from its world's. */
export const SIMULATOR_OPTION_NAMES: readonly string[] = [
  ...SERVER_OPTION_NAMES.filter((name) => !TAKEN.includes(name)),
  'onGameCommand',
]

const WORLD_METHODS = ['execute', 'handleTimeout', 'nextTimeout', 'takeMessages', 'takeActions', 'onWork']

/**
 * An RCON server with a simulated game behind it.
 *
 * @example
 * ```ts
 * import { GameWorld, SimulatorServer } from '@bercon/simulator'
 *
 * const simulator = new SimulatorServer({ password: 'hunter2', world: new GameWorld({ bots: false }) })
 * await simulator.listen()
 * simulator.world.join({ name: 'Ann' }) // told to every admin who is logged in
 * await simulator.close()
 * ```
 */
export class SimulatorServer<W extends World = World> implements AsyncDisposable {
  readonly world: W
  readonly server: RconServer
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #onEvent: (event: RconServerEvent) => unknown
  readonly #onGameCommand: (text: string, admin: number | undefined) => void

  /** @throws `InvalidArgumentError` naming an option that is missing, out of range or unknown. */
  constructor(options: SimulatorServerOptions<W>) {
    checkNames(options, [...SIMULATOR_OPTION_NAMES, 'world'])
    const { world, onGameCommand, onEvent, ...serverOptions } = options
    checkMethods('world', world, WORLD_METHODS)
    this.world = world
    this.#onEvent = onEvent ?? (() => {})
    this.#onGameCommand = onGameCommand ?? (() => {})
    this.#clock = options.clock ?? SYSTEM_CLOCK
    this.#alarm = new Alarm(this.#clock, () => this.#handleTimeout())
    this.server = new RconServer({
      ...(world.maxAdmins === undefined ? {} : { maxPeers: world.maxAdmins, whenFull: 'ignore' as const }),
      ...serverOptions,
      // The world says what its game says.
      announceLogins: false,
      onCommand: (command, { adminId }) => this.#execute(command, adminId),
      onEvent: (event) => this.#handle(event),
    })
  }

  /** As `listen` of an `RconServer`; the game begins to run by itself. */
  async listen(options: ListenOptions = {}): Promise<ListenAddress> {
    const address = await this.server.listen(options)
    this.world.onWork(() => this.#passOn())
    // The world may have been made at another time than the clock's; what is done to it from now on happens now.
    this.#handleTimeout()
    return address
  }

  /**
   * From now on it is silent and has forgotten every admin, as a server that has crashed, until `revive`; the game
   * goes on.
   *
   * @throws `RconError` `not-connected` before `listen`, `closed` after `close`.
   */
  crash(): void {
    this.server.pause()
    for (const peer of this.server.peers) this.server.disconnect(peer)
  }

  /** Ends a `crash`. @throws `RconError` as `crash` does. */
  revive(): void {
    this.server.resume()
  }

  /** Stops the game, forgets every admin, and frees the port. May be called at any time, and again. */
  async close(): Promise<void> {
    await this.server.close()
    this.world.onWork(() => {})
    this.#alarm.clear()
  }

  /** Closes it at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #execute(command: string, admin: number): string {
    const reply = this.world.execute(command, admin, this.#clock.now())
    this.#passOn()
    return reply
  }

  #handle(event: RconServerEvent): unknown {
    if (event.type === 'login') {
      const { adminId: id, address, port } = event.peer
      this.world.adminJoined({ id, address, port }, this.#clock.now())
      this.#passOn()
    }
    if (event.type === 'forgotten') {
      this.world.adminLeft(event.peer.adminId, this.#clock.now())
      this.#passOn()
    }
    // What it returns may be a promise that rejects, which the server tells as it does of its own listener.
    return this.#onEvent(event)
  }

  #handleTimeout(): void {
    this.world.handleTimeout(this.#clock.now())
    this.#passOn()
  }

  /** Passes on what the world has to say and to ask; to be called after everything that is done to it. */
  #passOn(): void {
    // First of all, so that nothing that fails here can stop the game.
    this.#alarm.set(this.world.nextTimeout() ?? Number.POSITIVE_INFINITY)
    for (const message of this.world.takeMessages()) this.server.broadcast(message)
    for (const action of this.world.takeActions()) this.#act(action)
  }

  #act(action: ServerAction): void {
    switch (action.type) {
      case 'password':
        this.server.setPassword(action.password)
        break
      case 'game-command':
        this.#onGameCommand(action.text, action.admin)
        break
      case 'logout':
        for (const peer of this.#peersOf(action.admin)) this.server.disconnect(peer)
        break
      case 'message':
        for (const peer of this.#peersOf(action.admin)) this.server.send(peer, action.message)
    }
  }

  #peersOf(admin: number): readonly Peer[] {
    return this.server.peers.filter(({ adminId }) => adminId === admin)
  }
}
