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
  systemClock,
} from '@bercon/server/kit'
import type { ServerAction, World } from './world/world.js'

/** Options of a {@link SimulatorServer}. */
export interface SimulatorServerOptions<W extends World>
  extends Omit<RconServerOptions, 'onCommand' | 'announceLogins' | 'authenticate'> {
  /** The password of the admins; the game can change it. */
  readonly password: string
  readonly world: W
  /** Receives the commands that admins send to the game (`#shutdown` …). By default they have no effect. */
  readonly onGameCommand?: (text: string, admin: number | undefined) => void
}

// Refused because the world decides them, so they would have no effect.
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
 * simulator.world.join({ name: 'Ann' }) // announced to every admin
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
    this.#clock = options.clock ?? systemClock
    this.#alarm = new Alarm(this.#clock, () => this.#handleTimeout())
    this.server = new RconServer({
      ...(world.maxAdmins === undefined ? {} : { maxPeers: world.maxAdmins, whenFull: 'ignore' as const }),
      ...serverOptions,
      // The world sends the lines of its game.
      announceLogins: false,
      onCommand: (command, { adminId }) => this.#execute(command, adminId),
      onEvent: (event) => this.#handle(event),
    })
  }

  /** Like `listen` of an `RconServer`. The game starts to run by itself. */
  async listen(options: ListenOptions = {}): Promise<ListenAddress> {
    const address = await this.server.listen(options)
    this.world.onWork(() => this.#passOn())
    // The world's time may differ from the clock's; from now on, calls happen at the clock's time.
    this.#handleTimeout()
    return address
  }

  /**
   * Silences the server and forgets every admin, like a crash, until `revive`. The game continues.
   *
   * @throws `RconError` `not-connected` before `listen`, `closed` after `close`.
   */
  crash(): void {
    this.server.pause()
    for (const peer of this.server.peers) this.server.disconnect(peer)
  }

  /** Ends a `crash`. @throws `RconError` like `crash`. */
  revive(): void {
    this.server.resume()
  }

  /** Stops the game, forgets every admin, and frees the port. You can call it at any time, also repeatedly. */
  async close(): Promise<void> {
    await this.server.close()
    this.world.onWork(() => {})
    this.#alarm.clear()
  }

  /** Closes the simulator at the end of an `await using` block. */
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
    // It may return a promise that rejects, which the server reports like that of its own listener.
    return this.#onEvent(event)
  }

  #handleTimeout(): void {
    this.world.handleTimeout(this.#clock.now())
    this.#passOn()
  }

  /** Passes on the world's messages and actions. Call it after every change of the world. */
  #passOn(): void {
    // First, so that a failure here cannot stop the game.
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
