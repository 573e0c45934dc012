// @ts-nocheck
import { createRandom } from '@bercon/server/kit'
import { moveBots, startBots } from '../bots/bot-behavior.js'
import { checkTime } from '../world/schedule.js'
import { runSimulatorCommand } from '../world/simulator-commands.js'
import type { GameAdmin, ServerAction, World } from '../world/world.js'
import type { GameBan, NewBan } from './ban-list.js'
import { runCommand } from './command-table.js'
import type { FilterHit } from './game-kinds.js'
import type { GamePlayer, Newcomer } from './game-player.js'
import { gameStage } from './game-stage.js'
import { GameState } from './game-state.js'
import { checkWorldOptions, type GameWorldOptions } from './game-world-options.js'

/**
 * A game that exists only in memory, as BattlEye's RCON shows it: bots join, chat and leave, and every command is
 * answered like on a server of Arma 3 or DayZ. The same seed and the same calls at the same times produce the same
 * lines. You can also move players yourself; such a call happens at the time of the last `now`.
 *
 * @example
 * ```ts
 * import { GameWorld } from '@bercon/simulator'
 *
 * const world = new GameWorld({ bots: false })
 * const slot = world.join({ name: 'Ann' })
 * world.chat(slot, 'Side', 'hello')
 * world.execute(`kick ${slot} afk`, 0, 1000)
 * console.log(world.takeMessages().at(-1)?.endsWith('by BattlEye: Admin Kick (afk)')) // true
 * ```
 */
export class GameWorld implements World {
  readonly #game: GameState
  #listener: (() => void) | undefined

  /**
   * @param now the time to start at, in milliseconds
   * @throws `InvalidArgumentError` naming the option that is out of range or unknown, or `now`.
   */
  constructor(options: Partial<GameWorldOptions> = {}, now = 0) {
    const checked = checkWorldOptions(options)
    checkTime(now)
    this.#game = new GameState(checked, createRandom(checked.seed), now)
    if (checked.bots) startBots(this.#game)
  }

  execute(command: string, admin: number | undefined, now: number): string {
    this.#advance(now)
    return runCommand(this.#game, command, admin)
  }

  adminJoined(admin: GameAdmin, now: number): void {
    this.#advance(now)
    this.#game.welcome(admin)
  }

  adminLeft(id: number, now: number): void {
    this.#advance(now)
    this.#game.admins = this.#game.admins.filter((admin) => admin.id !== id)
  }

  handleTimeout(now: number): void {
    this.#advance(now)
  }

  nextTimeout(): number | undefined {
    return this.#game.schedule.next()
  }

  takeMessages(): readonly string[] {
    return this.#game.messages.take()
  }

  takeActions(): readonly ServerAction[] {
    return this.#game.actions.take()
  }

  onWork(listener: () => void): void {
    this.#listener = listener
  }

  /** The players in the game, by slot. */
  get players(): readonly GamePlayer[] {
    return this.#game.players.all()
  }

  /** All listed bans, including expired ones, in the order of their numbers. */
  get bans(): readonly GameBan[] {
    return [...this.#game.bans.guidBans, ...this.#game.bans.ipBans]
  }

  /** The admins who are logged in, by id. */
  get admins(): readonly GameAdmin[] {
    return this.#game.admins
  }

  /** The mission files that `missions` lists. */
  get missions(): readonly string[] {
    return this.#game.options.missions
  }

  /** Whether an admin locked the game (`#lock`); no bot joins then. */
  get isLocked(): boolean {
    return this.#game.isLocked
  }

  /** Number of messages dropped because newer ones needed the room. */
  get droppedMessages(): number {
    return this.#game.messages.dropped
  }

  /**
   * Adds a player and returns their id. A banned player is kicked at once.
   *
   * @throws `InvalidArgumentError` if the game is full, the slot is in use, or the GUID is invalid.
   */
  join(newcomer: Newcomer): number {
    return this.#act(() => this.#game.join(newcomer, false))
  }

  /** Announces a player's GUID, for one who joined with `guidStatus: 'unknown'`. */
  announceGuid(playerId: number): void {
    this.#act(() => this.#game.announceGuid(playerId))
  }

  /** Announces that a player's GUID is verified. */
  verify(playerId: number): void {
    this.#act(() => this.#game.verify(playerId))
  }

  /** Announces a player's second GUID of the older kind. */
  announceLegacyGuid(playerId: number, guid: string): void {
    this.#act(() => this.#game.announceLegacyGuid(playerId, guid))
  }

  /** Sends a chat message of a player in a channel (`Global`, `Side` …). */
  chat(playerId: number, channel: string, text: string): void {
    this.#act(() => this.#game.chat(playerId, channel, text))
  }

  /** Moves a player to the lobby. */
  toLobby(playerId: number): void {
    this.#act(() => this.#game.move(playerId, true))
  }

  /** Moves a player from the lobby into the game. */
  toGame(playerId: number): void {
    this.#act(() => this.#game.move(playerId, false))
  }

  /** Sets a player's ping, in milliseconds; -1 for not measured. */
  setPing(playerId: number, ping: number): void {
    this.#act(() => this.#game.setPing(playerId, ping))
  }

  /** Logs a script filter that a player triggered. */
  filterLog(playerId: number, hit: FilterHit): void {
    this.#act(() => this.#game.logFilter(playerId, hit))
  }

  /** Kicks a player as BattlEye itself does, for a reason such as `Client not responding`. */
  kick(playerId: number, reason: string): void {
    this.#act(() => this.#game.kick(playerId, reason))
  }

  /** Removes a player who leaves. */
  leave(playerId: number): void {
    this.#act(() => this.#game.leave(playerId))
  }

  /** Adds a ban as if it had been in `bans.txt`: it applies to joins, and after `loadBans` to players in the game. */
  addBan(ban: NewBan): void {
    this.#act(() => this.#game.addBan(ban))
  }

  /** Sends any line to all admins. */
  emit(line: string): void {
    this.#act(() => this.#game.emit(line))
  }

  /**
   * Runs one of the simulator's own commands, like `sim.…` over RCON, and returns what it did: `join NAME [--ping MS]`,
   * `leave NAME`, `chat NAME TEXT`, `ping NAME MS`, `kick NAME REASON`, `line TEXT`.
   */
  simulate(command: string): string {
    return this.#act(() => runSimulatorCommand(gameStage(this.#game), command))
  }

  #act<T>(change: () => T): T {
    const result = change()
    this.#listener?.()
    return result
  }

  /** Runs every event at its own time, so that a late caller gets the same result as a punctual one. */
  #advance(now: number): void {
    checkTime(now)
    const game = this.#game
    for (let due = game.schedule.take(now); due !== undefined; due = game.schedule.take(now)) {
      game.now = Math.max(game.now, due.at)
      const { owner, name, at } = due
      if (name === 'high-ping') game.kickForPing(owner)
      else moveBots(game, { owner, name, at })
    }
    game.now = Math.max(game.now, now)
  }
}
